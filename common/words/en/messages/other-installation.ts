/** Objects of a plan that another installation has in the same cluster. */
export const otherInstallation = {
  belongs_one: "{{count}} object of this plan belongs to {{whose}}.",
  belongs_other: "{{count}} objects of this plan belong to {{whose}}.",
  unknown: "another installation ({{id}}), of which this cluster has no record",
  known: "another installation: {{title}} from {{folder}} on {{host}}, installed since {{since}} ({{id}})",
  objects: "The objects: {{names}}. Nothing was changed.",
  advice:
    "Uninstall the other installation from its folder first. If that folder is lost, take its objects over (--adopt): they then belong to this installation, and uninstalling the other one keeps them.",
} as const;
