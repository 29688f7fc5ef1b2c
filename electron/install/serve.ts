import type { adoptContract, driftContract, installContract, upgradeContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "./installer.ts";

/** Planning, installing and removing behind the contract. */
export function serveInstall({
  installer,
}: {
  installer: Installer;
}): Served<typeof installContract & typeof driftContract & typeof upgradeContract & typeof adoptContract> {
  return {
    methods: {
      "releases.list": () => installer.releases(),
      "components.resolve": ({ release, chosen }) => installer.resolve(release, chosen),
      "plan.prepare": ({ context, settings, ...how }) => installer.planPrepare(context, settings, how),
      "plan.cancel": () => installer.planCancel(),
      "plan.watch": (_input, signal) => installer.planWatch(signal),
      "install.commands": async ({ context, settings, step }) => ({
        lines: await installer.commands(context, settings, step),
      }),
      "install.start": ({ plan, ...given }) => installer.start(plan, given),
      "install.continue": ({ kfDir, context, ...confirmed }) => installer.continue(kfDir, context, confirmed),
      "install.cancel": ({ kfDir }) => installer.cancel(kfDir),
      "install.list": () => installer.list(),
      "install.settings": async ({ kfDir }) => {
        const settings = await installer.settingsOf(kfDir);
        return settings ? { settings } : {};
      },
      "install.forget": async ({ kfDir }) => {
        await installer.forget(kfDir);
        return {};
      },
      "install.status": ({ kfDir }) => installer.status(kfDir),
      "install.watch": ({ kfDir }, signal) => installer.watch(kfDir, signal),
      "install.log": ({ kfDir, after }, signal) => installer.log(kfDir, after, signal),
      "install.remove": ({ kfDir, context, ...choice }) => installer.remove(kfDir, context, choice),
      "install.removalPlan": ({ kfDir, context, data, others }, signal) =>
        installer.removalPlan({ kfDir, context, data, others, signal }),
      "dashboard.open": ({ kfDir, context }, signal) => installer.openDashboard(kfDir, context, signal),
      "dashboard.close": async ({ kfDir }) => {
        await installer.closeDashboard(kfDir);
        return {};
      },
      "upgrade.targets": ({ kfDir }) => installer.upgradeTargets(kfDir),
      "adopt.compare": (request, signal) => installer.adoption.watch(request, signal),
      "adopt.take": (request, signal) => installer.adoption.take(request, signal),
      "drift.find": ({ kfDir, context }, signal) => installer.drift.find(kfDir, context, signal),
      "drift.putBack": async (request, signal) => ({ objects: await installer.drift.putBack({ ...request, signal }) }),
      "drift.keep": async (request, signal) => {
        await installer.drift.keep({ ...request, signal });
        return {};
      },
    },
    close: () => installer.close(),
  };
}
