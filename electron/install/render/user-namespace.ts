import type { InstallSettings } from "../../../common/contract/index.ts";
import { fields } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { Edit } from "./edit.ts";
import { shown } from "./edit.ts";

const component = "user-namespace";

/**
 * The profile: its name is the namespace that is made for the user, its owner the address they sign in with. What the
 * release installs in that namespace, or names in it, moves along.
 */
export function userNamespace(edit: Edit, settings: InstallSettings): void {
  const place = edit.only(component, "Profile");
  edit.change(component, place, (object) => {
    const spec = fields(object.spec);
    const owner = fields(spec.owner);
    if (typeof owner.name !== "string")
      throw edit.missing(component, message("render.ownerIn", { object: shown(place) }));
    object.metadata = { ...object.metadata, name: settings.userNamespace };
    object.spec = { ...spec, owner: { ...owner, name: settings.email } };
  });
  if (place.name !== settings.userNamespace) edit.moveNamespace(place.name, settings.userNamespace);
}
