import type { InstallSettings } from "../../../common/contract/index.ts";
import type { ClusterPlatform, InstallSecrets, Rendering } from "../types.ts";
import { Edit, restartWith } from "./edit.ts";
import { externalSignIn, isExternalSignIn, withoutDex } from "./external-sign-in.ts";
import { overrideImages } from "./images.ts";
import { everyoneIs, isWithoutSignIn, withoutSignIn } from "./no-sign-in.ts";
import { setTokenIssuer } from "./platform.ts";
import type { Prepared } from "./prepare.ts";
import { gatewaySignIn, signIn } from "./sign-in.ts";
import { ownPasswords } from "./storage-passwords.ts";
import { userNamespace } from "./user-namespace.ts";
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
  const isOpen = isWithoutSignIn(release, settings);
  const isExternal = isExternalSignIn(release, settings);
  const { components } = prepared;
  const edit = new Edit(release, isOpen ? withoutSignIn(components) : isExternal ? withoutDex(components) : components);
  if (release.shape === "kubeflow") {
    if (isOpen) everyoneIs(edit, settings.email);
    if (edit.has("dex")) signIn(edit, settings, secrets);
    if (isExternal) externalSignIn(edit, settings, secrets);
    else if (edit.has("oauth2-proxy")) gatewaySignIn(edit, secrets);
    setTokenIssuer(edit, platform);
  } else if (edit.has("database")) {
    const place = { kind: "Secret", namespace: "kubeflow", name: "database" };
    edit.setSecret("database", place, { password: secrets.databasePassword });
    restartWith(edit, "database", { kind: "StatefulSet", namespace: "kubeflow", name: "database" }, [place], secrets);
  }
  if (edit.has("user-namespace")) userNamespace(edit, settings);
  ownPasswords(edit, settings, secrets);
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
