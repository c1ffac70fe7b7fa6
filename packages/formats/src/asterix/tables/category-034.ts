// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category034: CategoryTable = {
  category: 34,
  profiles: [["1.27 1.28 1.29", "010 000 030 020 041 050 060 070 100 110 120 090 RE SP"]],
  items: [
    ["000", "1.27", "8 ?1-4"],
    ["000", "1.28", "8 ?1-5"],
    ["000", "1.29", "8 ?1-7"],
    ["010", "1.27 1.28 1.29", "{ SAC 8, SIC 8 }"],
    ["020", "1.27 1.28 1.29", '8 u360/256 "°"'],
    ["030", "1.27 1.28 1.29", '24 u1/128 "s"'],
    ["041", "1.27 1.28 1.29", '16 u1/128 "s"'],
    [
      "050",
      "1.27 1.28 1.29",
      "compound { COM { NOGO 1, RDPC 1, RDPR 1, OVLRDP 1, OVLXMT 1, MSC 1, TSV 1, _ 1 }, -, -, PSR { ANT 1, CHAB 2, OVL 1, MSC 1, _ 3 }, SSR { ANT 1, CHAB 2, OVL 1, MSC 1, _ 3 }, MDS { ANT 1, CHAB 2, OVLSUR 1, MSC 1, SCF 1, DLF 1, OVLSCF 1, OVLDLF 1, _ 7 } }",
    ],
    [
      "060",
      "1.27 1.28 1.29",
      "compound { COM { _ 1, REDRDP 3, REDXMT 3, _ 1 }, -, -, PSR { POL 1, REDRAD 3, STC 2, _ 2 }, SSR { REDRAD 3, _ 5 }, MDS { REDRAD 3, CLU 1, _ 4 } }",
    ],
    ["070", "1.27", "repeat 1 { TYP 5 ?0-16, COUNT 11 u }"],
    ["070", "1.28 1.29", "repeat 1 { TYP 5 ?0-20, COUNT 11 u }"],
    ["090", "1.27 1.28 1.29", '{ RNG 8 s1/128 "NM", AZM 8 s360/16384 "°" }'],
    [
      "100",
      "1.27 1.28 1.29",
      '{ RHOST 16 u1/256 "NM" <=256, RHOEND 16 u1/256 "NM" <=256, THETAST 16 u360/65536 "°", THETAEND 16 u360/65536 "°" }',
    ],
    ["110", "1.27 1.28 1.29", "8 ?0-9"],
    [
      "120",
      "1.27 1.28 1.29",
      '{ HGT 16 s1 "m", LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }',
    ],
    ["RE", "1.27 1.28 1.29", "explicit re"],
    ["SP", "1.27 1.28 1.29", "explicit sp"],
  ],
  expansions: [],
};
