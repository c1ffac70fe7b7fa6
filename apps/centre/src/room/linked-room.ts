/** A room opened for one act at the command line: the record is followed to its end, then something is done. */
import { type AppendedAnswer, FaultError, type Instant } from "@openjmc/model";
import { type CentreClient, connectToCentre } from "../signer/centre-client.ts";
import { openSigner } from "../signer/signer-folder.ts";
import { type EpochKey, openEpochs } from "./epoch-keys.ts";
import { fetchedLeaves } from "./fetched-leaves.ts";
import { nodeOfficer } from "./found-room.ts";
import { type RoomLink, RoomNode } from "./room-node.ts";

/** Where a room's node works and with which keys. */
export interface RoomPlace {
  readonly url: string;
  readonly component: string;
  /** Signer folder with the node's own key. */
  readonly keys: string;
  readonly roomFolder: string;
  readonly passphrase: string;
  readonly pinnedOrigin?: string;
}

export interface LinkedRoom {
  readonly node: RoomNode;
  readonly client: CentreClient;
  readonly link: RoomLink;
}

/** What the node's link does over a connection to the centre. */
export function linkOf(client: CentreClient, source: RoomLink["source"] | undefined): RoomLink {
  return {
    source: source ?? fetchedLeaves((path) => client.bytes(path)),
    now: async () => (await client.get<{ readonly now: Instant }>("/api/v1/anchor")).now,
    submit: (leaf) => client.post<AppendedAnswer>("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf))),
  };
}

/** Errors: those of keys and of the link. `epochs`: to work with these instead of those in the room's folder. */
export async function openLinkedRoom(place: RoomPlace, epochs?: readonly EpochKey[]): Promise<LinkedRoom> {
  const officer = nodeOfficer(place.component);
  const signer = openSigner(place.keys, officer, place.passphrase);
  const pinned = place.pinnedOrigin === undefined ? {} : { pinnedOrigin: place.pinnedOrigin };
  const client = await connectToCentre({ url: place.url, officer, signer, ...pinned });
  const node = new RoomNode({
    origin: client.origin,
    room: place.component,
    folder: place.roomFolder,
    epochs: epochs ?? openEpochs(place.roomFolder, place.component, place.passphrase),
    officer,
    signer,
    wallNow: () => Date.now() * 1000,
    onTrouble: (what, problem) => {
      const fault = problem instanceof FaultError ? problem.fault.code : String(problem);
      process.stderr.write(`${what}: ${fault}\n`);
    },
  });
  const link = linkOf(client, undefined);
  while ((await node.follow(link)) > 0);
  return { node, client, link };
}
