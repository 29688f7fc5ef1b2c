import { z } from "zod";
import type { Asker } from "./asker.ts";
import { unreadable } from "./explain.ts";

const label = "io.x-k8s.kind.cluster";

export interface KindContainer {
  cluster: string;
  name: string;
  image: string;
  running: boolean;
}

// Docker writes a line for each container and all labels as one text, Podman one array and names as a list.
const container = z.object({
  Names: z.union([z.string(), z.array(z.string())]),
  Image: z.string().default(""),
  State: z.string().default(""),
  Labels: z.union([z.string(), z.record(z.string(), z.string())]).default(""),
});

/** The containers that are nodes of kind's clusters, of one cluster where it is named. */
export async function containersOf(
  asker: Asker,
  runtime: "docker" | "podman",
  cluster?: string,
): Promise<KindContainer[]> {
  const filter = cluster === undefined ? `label=${label}` : `label=${label}=${cluster}`;
  const args = ["ps", "--all", "--filter", filter, "--format", runtime === "docker" ? "{{json .}}" : "json"];
  const text = await asker.text({ tool: runtime, args });
  try {
    const rows: unknown = text.trimStart().startsWith("[")
      ? JSON.parse(text)
      : text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line): unknown => JSON.parse(line));
    return z
      .array(container)
      .parse(rows)
      .map(({ Names, Image, State, Labels }) => ({
        cluster: typeof Labels === "string" ? (labelIn(Labels) ?? "") : (Labels[label] ?? ""),
        name: typeof Names === "string" ? Names : (Names[0] ?? ""),
        image: Image.split("@")[0] ?? "",
        running: State.toLowerCase() === "running",
      }));
  } catch {
    throw unreadable({ tool: runtime, line: `${runtime} ps` }, text.trim());
  }
}

function labelIn(labels: string): string | undefined {
  return labels
    .split(",")
    .find((one) => one.startsWith(`${label}=`))
    ?.slice(label.length + 1);
}
