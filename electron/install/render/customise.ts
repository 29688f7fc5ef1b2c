import type { InstallSettings } from "../../../common/contract/index.ts";
import { fields } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterPlatform, InstallSecrets, Rendering } from "../types.ts";
import { Edit, restartWith, shown } from "./edit.ts";
import { overrideImages } from "./images.ts";
import { setTokenIssuer } from "./platform.ts";
import type { Prepared } from "./prepare.ts";
import { gatewaySignIn, signIn } from "./sign-in.ts";
import { wayIn } from "./way-in.ts";

/**
 * Puts settings and secrets into rendered objects. Pure: the objects it is given stay as they are. Where a place that a
 * setting belongs to is not there, that is `build-failed` naming it: nothing is installed with a public password because
 * a name changed. Places of components that were not chosen are not looked for.
 */
export function customise(
  prepared: Prepared,
  settings: InstallSettings,
  secrets: InstallSecrets,
  platform: ClusterPlatform = { id: settings.platform },
): Rendering {
  const { release } = prepared;
  const edit = new Edit(release, prepared.components);
  if (release.shape === "kubeflow") {
    if (edit.has("dex")) signIn(edit, settings, secrets);
    if (edit.has("oauth2-proxy")) gatewaySignIn(edit, secrets);
    setTokenIssuer(edit, platform);
  } else if (edit.has("database")) {
    const place = { kind: "Secret", namespace: "kubeflow", name: "database" };
    edit.setSecret("database", place, { password: secrets.databasePassword });
    restartWith(edit, "database", { kind: "StatefulSet", namespace: "kubeflow", name: "database" }, [place], secrets);
  }
  if (edit.has("user-namespace")) profile(edit, settings);
  wayIn(edit, { access: settings.access, dashboard: release.dashboard, secrets });
  const embedded = release.embeddedImages ?? [];
  return {
    release,
    settings,
    components: edit.components.map(({ id, objects }) => ({
      id,
      objects: overrideImages(objects, settings.images, embedded),
    })),
    adjustments: edit.adjustments,
  };
}

/** The profile: its name is the namespace that is made for the user, its owner the address they sign in with. */
function profile(edit: Edit, settings: InstallSettings): void {
  const place = edit.only("user-namespace", "Profile");
  edit.change("user-namespace", place, (object) => {
    const spec = fields(object.spec);
    const owner = fields(spec.owner);
    if (typeof owner.name !== "string")
      throw edit.missing("user-namespace", message("render.ownerIn", { object: shown(place) }));
    object.metadata = { ...object.metadata, name: settings.userNamespace };
    object.spec = { ...spec, owner: { ...owner, name: settings.email } };
  });
}
