/** No backend is believed: every signature is checked in the strict profile before it leaves the signer. */
import { FaultError } from "@openjmc/model";
import { type Signer, verifyStrict } from "@openjmc/record";
import { nodePrimitives } from "../../primitives.ts";

/** The signer with each of its signatures checked. Error: `key.bad-signature`, naming what kept the key. */
export function strictly(signer: Signer, keptIn: string): Signer {
  return {
    publicKey: signer.publicKey,
    sign: async (message) => {
      const signature = new Uint8Array(await signer.sign(message));
      const checked = verifyStrict(nodePrimitives, signer.publicKey, message, signature);
      if (checked.ok) return signature;
      throw new FaultError({
        code: "key.bad-signature",
        what: "signature",
        where: { source: keptIn },
        expected: "a good Ed25519 signature in the strict profile",
        cause: checked.fault.code,
      });
    },
  };
}
