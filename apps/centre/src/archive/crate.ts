/** The description of an archive as an RO-Crate (1.1), written by hand: files with lengths, and what they are. */
import type { ArchiveDescription } from "@openjmc/record";

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^log\/checkpoint$/, "Signed checkpoint of the log (signed note)"],
  [/^log\/.*vkey$/, "Verifier keys"],
  [/^log\/tile\/entries\//, "Bundle of entries"],
  [/^log\/released\//, "Bundle of entries, some withheld"],
  [/^log\/tile\//, "Tile of hashes"],
  [/^checkpoints\//, "Earlier checkpoint"],
  [/^attachments\//, "Attachment, named by its SHA-256"],
  [/^disclosures\//, "Disclosures of concealed members of a statement"],
  [/^timestamps\/.*tsr$/, "Time-stamp token (RFC 3161)"],
  [/^proofs\//, "Receipt of an entry"],
  [/^verify\//, "Verifier that needs no network"],
];

/** The crate's root is the bag's payload. `lengths`: bytes by path relative to the bag. */
export function crateOf(description: ArchiveDescription, name: string, lengths: ReadonlyMap<string, number>): object {
  const files = [...lengths]
    .filter(([path]) => path.startsWith("data/"))
    .map(([path, contentSize]) => ({ path: path.slice("data/".length), contentSize }));
  return {
    "@context": "https://w3id.org/ro/crate/1.1/context",
    "@graph": [
      {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
        about: { "@id": "./" },
      },
      {
        "@id": "./",
        "@type": "Dataset",
        name: `${description.exercise ? "EXERCISE: " : ""}${name}`,
        description: `Record ${description.origin}, ${description.size} entries, release level ${description.level}`,
        datePublished: description.madeAt,
        license: "As the parties to the agreement decide",
        identifier: `${description.origin} ${description.size} ${description.root}`,
        hasPart: files.map(({ path }) => ({ "@id": path })),
      },
      ...files.map(({ path, contentSize }) => ({
        "@id": path,
        "@type": "File",
        contentSize: String(contentSize),
        ...nameOf(path),
      })),
    ],
  };
}

function nameOf(path: string): { readonly name?: string } {
  const name = NAMES.find(([form]) => form.test(path))?.[1];
  return name === undefined ? {} : { name };
}
