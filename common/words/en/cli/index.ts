import { cliAddress, cliAddressStep, cliAddressWay } from "./address.ts";
import { cliAdopt } from "./adopt.ts";
import { cliChecks } from "./checks.ts";
import { cliDrift } from "./drift.ts";
import { cliHelp } from "./help.ts";
import { cliComponentState, cliHead, cliHealth, cliOutput, cliSource, cliState, cliStep } from "./output.ts";
import { cliPeople } from "./people.ts";
import { cliPlatforms } from "./platforms.ts";
import { cliPractice } from "./practice.ts";
import { cliProfiles } from "./profiles.ts";
import { cliRegistries } from "./registries.ts";
import { cliRegistryDeploy, cliRegistryFile, cliRegistryStep } from "./registry-deploy.ts";
import { cliStart } from "./start.ts";
import { cliUpgrade } from "./upgrade.ts";
import { cliUsage } from "./usage.ts";

/** What only the command line says, in English, by topic. */
export const cliMessages = {
  cliAddress,
  cliAddressStep,
  cliAddressWay,
  cliAdopt,
  cliChecks,
  cliComponentState,
  cliDrift,
  cliHead,
  cliHealth,
  cliHelp,
  cliOutput,
  cliPeople,
  cliPlatforms,
  cliPractice,
  cliProfiles,
  cliRegistries,
  cliRegistryDeploy,
  cliRegistryFile,
  cliRegistryStep,
  cliSource,
  cliStart,
  cliState,
  cliStep,
  cliUpgrade,
  cliUsage,
};
