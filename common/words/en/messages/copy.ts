/** Copying files from and into containers. */
export const copy = {
  isLink: "{{path}} is a link to {{target}}: copy what it leads to.",
  notFile: "{{path}} is neither a file nor a folder.",
  nothing: "The tar of container {{container}} gave nothing for {{path}}.",
  noTar: "The image of container {{container}} has no tar, which copying files needs.",
  inObject: "In {{object}}.",
  missing: "{{path}} does not exist in container {{container}} of {{object}}.",
  tarFailed: "tar in container {{container}} of {{object}} failed.",
  tarFailedWith: "tar in container {{container}} of {{object}} failed with code {{code}}.",
  leadsOut: "{{path}} would lead out of {{folder}}.",
  tooManyBytes: "More bytes came than were announced for this file.",
  endedEarly: "{{path}} ended {{bytes}} bytes early: it changed while it was read.",
  notFolder: "{{folder}} is not a folder in container {{container}} of {{object}}.",
  ended: "This copy was ended, or waited too long for more.",
} as const;
