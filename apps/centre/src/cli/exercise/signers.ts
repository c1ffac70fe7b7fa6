/** Both components' demonstration signers: processes of their own, which make the scripted acts. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ActItem } from "@openjmc/exercise";
import { FaultError, type MissionView } from "@openjmc/model";
import { demonstrationSignerFolder } from "./folder.ts";

export interface Signers {
  /** Where the components' nodes tap the gateways. */
  readonly taps: readonly string[];
  /** A scripted act goes to the signer of the officer's component, which makes and signs the statement. */
  act(act: ActItem): void;
  stop(): void;
}

/** Starts them beside each other and waits until all are ready. Throws `signer.ended`. */
export async function startSigners(url: string, folder: string, view: MissionView): Promise<Signers> {
  const codes = view.components.map((component) => component.code);
  const started = await Promise.all(codes.map((code) => startSigner(url, demonstrationSignerFolder(folder, code))));
  const children = new Map(codes.map((code, index) => [code, started[index]!.child]));
  return {
    taps: started.flatMap((signer) => signer.taps),
    act: (act) => sendAct(children, view, act),
    stop: () => {
      for (const child of children.values()) child.kill("SIGTERM");
    },
  };
}

/** Starts a component's signer and waits until it is ready; tells where its node taps the gateways. */
async function startSigner(
  url: string,
  folder: string,
): Promise<{ readonly child: ChildProcess; readonly taps: readonly string[] }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../demonstration-signer.ts"), url, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout! });
  const taps: string[] = [];
  await new Promise<void>((ready, reject) => {
    lines.on("line", (line) => {
      const tap = /^tap of \S+: (\S+)$/.exec(line);
      if (tap) taps.push(tap[1]!);
      if (line.includes(": ready")) ready();
    });
    child.once("exit", (code) =>
      reject(
        new FaultError({
          code: "signer.ended",
          what: "demonstration signer",
          where: { file: folder },
          got: `exit ${code}`,
        }),
      ),
    );
  });
  child.stdin!.on("error", () => undefined);
  return { child, taps };
}

function sendAct(signers: ReadonlyMap<string, ChildProcess>, view: MissionView, act: ActItem): void {
  const component = view.officers.find((officer) => officer.id === act.officer)?.component;
  const signer = component === undefined ? undefined : signers.get(component);
  signer?.stdin?.write(`${JSON.stringify({ officer: act.officer, kind: act.statementKind, body: act.body })}\n`);
}
