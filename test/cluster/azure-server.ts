import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Pair } from "../unit/certificates/make-certificates.ts";
import { kubeconfigText } from "../unit/platforms/stand-in.ts";

export const subscription = "00000000-1111-2222-3333-444444444444";
const tenant = "55555555-6666-7777-8888-999999999999";

const pool = {
  ...{ name: "nodepool1", count: 3, vmSize: "Standard_D4ps_v5", maxPods: 30, osType: "Linux", mode: "System" },
  ...{ type: "VirtualMachineScaleSets", provisioningState: "Succeeded", powerState: { code: "Running" } },
  ...{ currentOrchestratorVersion: "1.34.0", orchestratorVersion: "1.34", osDiskSizeGB: 128 },
};
const capabilities = { vCPUs: "4", MemoryGB: "16", CpuArchitectureType: "Arm64", MaxResourceVolumeMB: "0" };
const sku = {
  ...{ name: "Standard_D4ps_v5", resourceType: "virtualMachines", tier: "Standard", size: "D4ps_v5" },
  ...{ family: "standardDPSv5Family", locations: ["koreacentral"], restrictions: [] },
  locationInfo: [{ location: "koreacentral", zones: ["1", "2"], zoneDetails: [] }],
  capabilities: Object.entries(capabilities).map(([name, value]) => ({ name, value })),
};

function cluster(group: string, name: string, provisioningState = "Succeeded") {
  return {
    id: `/subscriptions/${subscription}/resourcegroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    ...{ name, location: "koreacentral", type: "Microsoft.ContainerService/ManagedClusters" },
    properties: {
      ...{ provisioningState, powerState: { code: "Running" } },
      ...{ kubernetesVersion: "1.34", currentKubernetesVersion: "1.34.0", dnsPrefix: name },
      ...{ fqdn: `${name}-dns-0.hcp.koreacentral.azmk8s.io`, agentPoolProfiles: [pool], enableRBAC: true },
      nodeResourceGroup: `MC_${group}_${name}_koreacentral`,
    },
    sku: { name: "Base", tier: "Free" },
  };
}

/** A failure as Azure answers it. */
export interface AzureFailure {
  status: number;
  code: string;
  message: string;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const failed = (status: number, code: string, words: string): Answer => ({
  status,
  body: { error: { code, message: words } },
});

const subscriptionAnswer = {
  ...{ id: `/subscriptions/${subscription}`, subscriptionId: subscription, displayName: "Course" },
  ...{ state: "Enabled", tenantId: tenant },
};

/** Answers the az CLI as Azure's sign-in and its resource manager are documented to; notes what it was asked. */
export class AzureServer {
  readonly asked: { call: string; body: string }[] = [];
  /** What a call fails with, by a part of its address. */
  readonly failures = new Map<string, AzureFailure>();
  readonly #groups = new Map<string, string | undefined>([["course", "kf"]]);
  readonly #server;

  constructor({ certificate, key }: Pair) {
    this.#server = createServer({ cert: certificate, key }, (request, response) => {
      void this.#answer(request)
        .catch((error: unknown) => failed(500, "Bug", String(error)))
        .then(({ status, body, headers }) => {
          response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
        });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  get address(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? "/", this.address);
    const call = `${request.method} ${pathname}`;
    this.asked.push({ call, body: await text(request) });
    const failure = [...this.failures].find(([part]) => call.includes(part))?.[1];
    if (failure !== undefined) return failed(failure.status, failure.code, failure.message);
    if (pathname.endsWith("/openid-configuration")) return ok(this.#discovery());
    if (pathname.endsWith("/token"))
      return ok({ token_type: "Bearer", expires_in: 3_600, access_token: unsignedToken() });
    if (pathname === "/subscriptions") return ok({ value: [subscriptionAnswer] });
    if (pathname.endsWith("/Microsoft.Compute/skus")) return ok({ value: [sku] });
    if (pathname.includes("/operations/")) return ok({ name: "operation", status: "Succeeded" });
    if (/^GET .*\/managedClusters$/.test(call)) return ok({ value: this.#clusters() });
    const [, group = "", name] =
      /resourceGroups\/([^/]+)(?:\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+))?/i.exec(
        pathname,
      ) ?? [];
    const verb = request.method ?? "";
    return name === undefined ? this.#groupCall(verb, group) : this.#clusterCall(verb, group, name, pathname);
  }

  #groupCall(verb: string, group: string): Answer {
    if (verb === "PUT") {
      this.#groups.set(group, undefined);
      return { status: 201, body: groupAnswer(group) };
    }
    if (!this.#groups.has(group))
      return failed(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
    if (verb !== "DELETE") return ok(groupAnswer(group));
    this.#groups.delete(group);
    return { status: 202, body: {}, headers: { location: this.#operation } };
  }

  #clusterCall(verb: string, group: string, name: string, path: string): Answer {
    if (!this.#groups.has(group)) return this.#groupCall("GET", group);
    if (verb === "PUT") {
      this.#groups.set(group, name);
      const body = cluster(group, name, "Creating");
      return { status: 201, body, headers: { "azure-asyncoperation": this.#operation } };
    }
    if (this.#groups.get(group) !== name) {
      const words = `The Resource 'Microsoft.ContainerService/managedClusters/${name}' under resource group '${group}' was not found.`;
      return failed(404, "ResourceNotFound", words);
    }
    if (!path.endsWith("/listClusterUserCredential")) return ok(cluster(group, name));
    const value = Buffer.from(kubeconfigText(name)).toString("base64");
    return ok({ kubeconfigs: [{ name: "clusterUser", value }] });
  }

  #clusters() {
    return [...this.#groups].flatMap(([group, name]) => (name === undefined ? [] : [cluster(group, name)]));
  }

  get #operation(): string {
    return `${this.address}/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/koreacentral/operations/1`;
  }

  #discovery() {
    const at = `${this.address}/${tenant}`;
    return {
      issuer: `${at}/v2.0`,
      token_endpoint: `${at}/oauth2/v2.0/token`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${at}/oauth2/v2.0/devicecode`,
    };
  }

  /** What makes the az CLI sign in here as a service principal, in this order. */
  get signIn(): string[][] {
    const { address } = this;
    const at = [
      "active-directory",
      "active-directory-resource-id",
      "active-directory-graph-resource-id",
      "management",
      "resource-manager",
    ];
    return [
      [
        "cloud",
        "register",
        "--name",
        "local",
        ...at.flatMap((name) => [`--endpoint-${name}`, address]),
        "--skip-endpoint-discovery",
      ],
      ["cloud", "set", "--name", "local"],
      [
        "login",
        "--service-principal",
        "--username",
        "11111111-2222-3333-4444-555555555555",
        "--password",
        "a secret",
        "--tenant",
        tenant,
      ],
    ];
  }
}

const groupAnswer = (name: string) => ({
  id: `/subscriptions/${subscription}/resourceGroups/${name}`,
  ...{ name, location: "koreacentral", properties: { provisioningState: "Succeeded" } },
});

function unsignedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ tid: tenant, oid: "an object", appid: "an app" })}.none`;
}
