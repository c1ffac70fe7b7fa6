import { describe, expect, it } from "vitest";
import type { PressLanguage } from "../text.ts";
import { quantitiesOf } from "./quantities.ts";

function counted(text: string, language: PressLanguage = "en"): string[] {
  return quantitiesOf({ text, language, publishedAt: 0, timeZone: "UTC" }, []).map(({ value, unit, qualifier, of }) =>
    [value, unit, ...(qualifier === "exact" ? [] : [qualifier]), ...(of === undefined ? [] : [of])].join(" "),
  );
}

describe("quantities", () => {
  it.each<[PressLanguage, string, string[]]>([
    [
      "en",
      "1,960 servicemen, 90 APCs and 380 units of equipment",
      ["1960 service-member", "90 armoured-carrier", "380 equipment"],
    ],
    ["en", "one thousand nine hundred and sixty soldiers", ["1960 service-member"]],
    ["en", "60 northern and 60 southern officers serve", ["60 service-member", "60 service-member"]],
    ["en", "at least three soldiers were wounded", ["3 service-member at-least"]],
    ["en", "about 12.5 km", ["12.5 kilometre about"]],
    ["en", "1.5 million people", ["1500000 person"]],
    ["en", "the 122 mm gun, room 5, article 4", []],
    ["en", "four drone strikes, four drones; 3 attacks on soldiers", ["4 uncrewed-aircraft"]],
    ["en", "Tanks: 28; personnel carriers (wheeled) — none", ["28 tank"]],
    ["tr", "bin 960 asker, 44 gündür, yüzde 35, bir gün", ["1960 service-member", "44 day", "35 percent"]],
    ["ru", "танков — 28, двенадцатью часами, тремястами", ["28 tank", "12 hour"]],
    ["hy", "տասներկու զինծառայող, քսանհինգ օրում", ["12 service-member", "25 day"]],
    ["tr", "1.960 asker ve 90 zırhlı personel taşıyıcı", ["1960 service-member", "90 armoured-carrier"]],
    ["tr", "yaklaşık yüz yirmi kişi", ["120 person about"]],
    ["ru", "1 960 военнослужащих, не менее двух раненых", ["1960 service-member", "2 wounded at-least"]],
    ["ru", "6,5 тыс. беженцев", ["6500 displaced"]],
    ["ru", "по 60 военнослужащих с каждой стороны", ["60 service-member each"]],
    ["az", "hər tərəfdən 60 hərbi qulluqçu", ["60 service-member each"]],
    ["hy", "ընդհանուր 120 զինծառայող", ["120 service-member total"]],
  ])("in %s: %s", (language, text, expected) => {
    expect(counted(text, language)).toEqual(expected);
  });
});
