/** A real centre in a folder of its own, for tests: founded, served on a free port, with both components' signer folders. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type Centre, type CentreOptions, openCentre } from "../../apps/centre/src/centre.ts";
import { type FoundCentreOptions, foundCentre } from "../../apps/centre/src/founding/found-centre.ts";
import { type CentreClient, connectToCentre } from "../../apps/centre/src/signer/centre-client.ts";
import { openSigner } from "../../apps/centre/src/signer/signer-folder.ts";

export const PASSPHRASE = "correct horse battery staple";
const MISSIONS = join(import.meta.dirname, "../../missions");

export interface TestCentre {
  readonly root: string;
  readonly folder: string;
  readonly signers: Readonly<Record<string, string>>;
  centre: Centre;
  url: string;
  client(officer: string): Promise<CentreClient>;
  signer(officer: string): ReturnType<typeof openSigner>;
  /** Stops and opens again; `between`, while no process is at work in the folder. */
  restart(between?: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export interface FoundedCentre {
  readonly root: string;
  readonly folder: string;
  readonly signers: Readonly<Record<"A" | "B", string>>;
}

export interface FoundingOptions {
  /** With the mission's overlay; otherwise operational, with the first officers. */
  readonly exercise?: boolean;
  /** Another mission than the first of the project's. */
  readonly missionFolder?: string;
  /** What the components agree on besides, as who cosigns. */
  readonly terms?: FoundCentreOptions["terms"];
  /** Where to make the folders; a temporary folder of its own otherwise. */
  readonly root?: string;
}

/** Founds a centre below a folder of its own and leaves it closed. */
export async function foundTestCentre(options: FoundingOptions = {}): Promise<FoundedCentre> {
  const root = options.root ?? mkdtempSync(join(tmpdir(), "openjmc-centre-"));
  const folder = join(root, "centre");
  const signers = { A: join(root, "signer-a"), B: join(root, "signer-b") };
  const exercise = options.exercise ?? false;
  await foundCentre({
    folder,
    missionFolder: options.missionFolder ?? join(MISSIONS, "karabakh-2020"),
    exercise,
    origin: exercise ? "exercise.test" : "centre.test",
    now: Date.now() * 1000,
    signers: Object.fromEntries(
      Object.entries(signers).map(([component, path]) => [component, { folder: path, passphrase: PASSPHRASE }]),
    ),
    keyMemoryKiB: 1024,
    ...(options.terms === undefined ? {} : { terms: options.terms }),
  });
  return { root, folder, signers };
}

/** The key of an officer, whose name begins with the component's. */
export function officerKey(founded: FoundedCentre, officer: string): ReturnType<typeof openSigner> {
  return openSigner(founded.signers[officer[0] as "A" | "B"], officer, PASSPHRASE);
}

/** Founds and opens one. */
export async function openTestCentre(
  options: FoundingOptions & { readonly more?: Partial<CentreOptions> } = {},
): Promise<TestCentre> {
  return serveTestCentre(await foundTestCentre(options), options.more);
}

/** Opens one that was founded; closing it removes its folders. */
export async function serveTestCentre(founded: FoundedCentre, more?: Partial<CentreOptions>): Promise<TestCentre> {
  const { root, folder, signers } = founded;
  const open = (): Promise<Centre> =>
    openCentre({
      folder,
      host: "127.0.0.1",
      port: 0,
      mqtt: { host: "127.0.0.1", port: 0 },
      logger: pino({ level: "silent" }),
      ...more,
    });
  const centre = await open();
  const signer = (officer: string) => officerKey(founded, officer);
  const test: TestCentre = {
    root,
    folder,
    signers,
    centre,
    url: centre.url,
    signer,
    client: (officer) => connectToCentre({ url: test.url, officer, signer: signer(officer) }),
    restart: async (between) => {
      await test.centre.stop();
      await between?.();
      test.centre = await open();
      test.url = test.centre.url;
    },
    close: async () => {
      await test.centre.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return test;
}
