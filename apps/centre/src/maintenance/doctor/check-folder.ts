/** The folder itself: what lies in it, how much room there is, which versions meet here, what the centre is. */

import { spaceOf, unknownFilesIn } from "../../folder/index.ts";
import { readCentreFile } from "../../founding/centre-file.ts";
import { faultOf, SEGMENT_FORMAT_VERSION } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import type { ExaminationContext } from "./context.ts";

const finding = findingsOf("folder");
const MEBIBYTE = 1024 * 1024;
const LOW_MEBIBYTES = 1024;
const FULL_MEBIBYTES = 64;
const NODE_MAJOR = 24;

export async function* checkFolder(context: ExaminationContext): AsyncGenerator<Finding> {
  yield versions();
  yield room(context.paths.root);
  yield centre(context);
  for (const name of unknownFilesIn(context.paths.root)) yield finding("notice", "folder.unknown-file", { name });
}

function versions(): Finding {
  const node = process.versions.node;
  const known = Number(node.split(".")[0]) >= NODE_MAJOR;
  const values = { node, wanted: NODE_MAJOR, segments: SEGMENT_FORMAT_VERSION };
  return known ? finding("good", "versions.good", values) : finding("wrong", "versions.node-old", values);
}

function room(root: string): Finding {
  const free = Math.floor(spaceOf(root).freeBytes / MEBIBYTE);
  if (free < FULL_MEBIBYTES) return finding("wrong", "disk.full", { free });
  return free < LOW_MEBIBYTES ? finding("notice", "disk.low", { free }) : finding("good", "disk.good", { free });
}

function centre(context: ExaminationContext): Finding {
  try {
    const { origin, mission } = readCentreFile(context.paths);
    return finding("good", "centre.good", { origin, mission: mission.id });
  } catch (error) {
    return finding("wrong", "centre.unreadable", {}, faultOf(error, "centre", context.paths.centre));
  }
}
