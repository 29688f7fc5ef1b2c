/** Copying files from and into containers. */
export const copy = {
  isLink: "{{path}} is a link to {{target}}. Copy what it points to.",
  notFile: "{{path}} is neither a file nor a folder.",
  nothing: "tar in container {{container}} returned nothing for {{path}}.",
  noTar: "The image of container {{container}} has no tar, which copying files needs.",
  inObject: "In {{object}}.",
  missing: "{{path}} does not exist in container {{container}} of {{object}}.",
  tarFailed: "tar in container {{container}} of {{object}} failed.",
  tarFailedWith: "tar in container {{container}} of {{object}} failed with code {{code}}.",
  leadsOut: "{{path}} leads outside {{folder}}.",
  tooManyBytes: "More bytes arrived than were announced for this file.",
  endedEarly: "{{path}} ended {{bytes}} bytes early: it changed while it was being read.",
  notFolder: "{{folder}} is not a folder in container {{container}} of {{object}}.",
  ended: "This copy was ended, or timed out waiting for more data.",
} as const;
