import { features } from "./features.ts";
import { mount } from "./shell/mount.tsx";
import { createClient } from "./state/api/client.ts";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
await mount(root, createClient(), features);
