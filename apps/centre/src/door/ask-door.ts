/** A command's side of a centre's door. */
import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { type Fault, FaultError } from "@openjmc/model";
import type { MachineAct } from "../registrar/registrar.ts";
import { DOOR_PATH, doorAddress } from "./door.ts";

/**
 * Has the centre at work sign and append acts of the machine; resolves when they are durable.
 * Errors (thrown): `door.closed`, `door.name-too-long`, those of the centre.
 */
export async function actThroughDoor(doorFolder: string, acts: readonly MachineAct[]): Promise<void> {
  const asked = request({
    socketPath: doorAddress(doorFolder),
    method: "POST",
    path: DOOR_PATH,
    headers: { "content-type": "application/json" },
  });
  try {
    asked.end(JSON.stringify(acts));
    const [response] = (await once(asked, "response")) as [NodeJS.ReadableStream & { readonly statusCode?: number }];
    const answer = await json(response);
    if (response.statusCode !== 200) throw new FaultError(answer as Fault);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw new FaultError({
      code: "door.closed",
      what: "centre at work",
      where: { file: doorFolder },
      expected: "a centre that takes acts of its operator's commands",
      cause: (error as Error).message,
    });
  }
}
