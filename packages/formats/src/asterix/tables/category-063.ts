// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category063: CategoryTable = {
  category: 63,
  profiles: [["1.6 1.7", "010 015 030 050 060 070 080 081 090 091 092 - RE SP"]],
  items: [
    ["010", "1.6 1.7", "{ SAC 8, SIC 8 }"],
    ["015", "1.6 1.7", "8"],
    ["030", "1.6 1.7", '24 u1/128 "s"'],
    ["050", "1.6 1.7", "{ SAC 8, SIC 8 }"],
    [
      "060",
      "1.6",
      "extended { CON 2, PSR 1, SSR 1, MDS 1, ADS 1, MLT 1 | OPS 1, ODP 1, OXT 1, MSC 1, TSV 1, NPW 1, _ 1 | }",
    ],
    [
      "060",
      "1.7",
      "extended { CON 2, PSR 1, SSR 1, MDS 1, ADS 1, MLT 1 | OPS 1, ODP 1, OXT 1, MSC 1, TSV 1, NPW 1, _ 1 | TTF { EP 1, VAL 1 }, SPO { EP 1, VAL 1 }, _ 3 | }",
    ],
    ["070", "1.6 1.7", '16 s1 "ms"'],
    ["080", "1.6 1.7", '{ SRG 16 s1/100000, SRB 16 s1/128 "NM" }'],
    ["081", "1.6 1.7", '16 s360/65536 "°"'],
    ["090", "1.6 1.7", '{ PRG 16 s1/100000, PRB 16 s1/128 "NM" }'],
    ["091", "1.6 1.7", '16 s360/65536 "°"'],
    ["092", "1.6 1.7", '16 s360/65536 "°"'],
    ["RE", "1.6 1.7", "explicit re"],
    ["SP", "1.6 1.7", "explicit sp"],
  ],
  expansions: [],
};
