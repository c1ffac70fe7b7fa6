/** The table of windows of silence, restrictions, interference and declarations. */
import type { MatterTopic, MissionView } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import type { Block } from "./document.ts";
import type { MatterLine } from "./matter-lines.ts";

const CATEGORIES: Readonly<Record<MatterTopic, string>> = {
  silence: "silencePurpose",
  restriction: "restrictionKind",
  interference: "interferenceKind",
  "own-act": "",
};

export function matterBlocks(lines: readonly MatterLine[], mission: MissionView, words: Words): Block[] {
  const heading: Block = { kind: "heading", text: words.say("report.matters.title") };
  if (lines.length === 0) return [heading, { kind: "note", text: words.say("report.matters.none") }];
  const time = (at: number): string => words.formats.dayTime(at, { timeZone: mission.timeZone });
  const nameOf = (code: string): string => {
    const names = mission.parties.find((party) => party.code === code)?.names;
    return names?.[words.locale] ?? names?.en ?? code;
  };
  return [
    heading,
    {
      kind: "table",
      name: "matters",
      columns: (["matter", "area", "by", "from", "until", "state", "entry"] as const).map((column) =>
        words.say(`report.column.${column}`),
      ),
      rows: lines.map((line) => [
        matterText(line, words),
        line.area ?? "",
        line.by === undefined ? "" : nameOf(line.by),
        time(line.from),
        line.until === undefined
          ? line.topic === "own-act"
            ? ""
            : words.say("report.matters.goes-on")
          : time(line.until),
        stateText(line, words),
        String(line.entry),
      ]),
      numeric: [6],
    },
  ];
}

function matterText({ topic, category, title }: MatterLine, words: Words): string {
  const kind = words.sayCode("matterTopic", topic);
  const detail = category === undefined ? undefined : words.sayCode(CATEGORIES[topic], category);
  return [[kind, detail].filter((part) => part !== undefined).join(": "), title]
    .filter((part) => part !== undefined)
    .join("\n");
}

function stateText({ guarantees, breaches }: MatterLine, words: Words): string {
  if (guarantees === undefined || breaches === undefined) return "";
  const given = words.say("report.matters.guarantees", guarantees);
  return `${given}\n${words.say("report.matters.breaches", breaches)}`;
}
