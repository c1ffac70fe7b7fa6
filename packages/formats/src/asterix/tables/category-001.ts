// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category001: CategoryTable = {
  category: 1,
  profiles: [
    [
      "1.2 1.3 1.4",
      "by 020/TYP 0=plot 1=track plot ( 010 020 040 070 090 130 141 050 120 131 080 100 060 030 150 - - - - SP rfs ) track ( 010 020 161 040 042 200 070 090 141 130 131 120 170 210 050 080 100 060 030 SP rfs 150 )",
    ],
  ],
  items: [
    ["010", "1.2 1.3 1.4", "{ SAC 8, SIC 8 }"],
    [
      "020",
      "1.2 1.3 1.4",
      "extended { TYP 1, SIM 1, SSRPSR 2, ANT 1, SPI 1, RAB 1 | TST 1, DS1DS2 2, ME 1, MI 1, _ 2 | }",
    ],
    ["030", "1.2 1.3 1.4", "repeat fx { 7 ?0-7;64-66;80-82 }"],
    ["040", "1.2 1.3 1.4", '{ RHO 16 u1/128 "NM" <=512, THETA 16 u360/65536 "°" }'],
    ["042", "1.2 1.3 1.4", '{ X 16 s1/64 "NM" >=-512 <=512, Y 16 s1/64 "NM" >=-512 <=512 }'],
    ["050", "1.2 1.3 1.4", "{ V 1, G 1, L 1, _ 1, MODE2 12 octal }"],
    [
      "060",
      "1.2 1.3 1.4",
      "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }",
    ],
    ["070", "1.2 1.3 1.4", "{ V 1, G 1, L 1, _ 1, MODE3A 12 octal }"],
    [
      "080",
      "1.2 1.3 1.4",
      "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }",
    ],
    ["090", "1.2 1.3 1.4", '{ V 1, G 1, HGT 14 s1/4 "FL" }'],
    [
      "100",
      "1.2 1.3 1.4",
      "{ V 1, G 1, _ 2, MODEC 12, _ 4, QC1 1, QA1 1, QC2 1, QA2 1, QC4 1, QA4 1, QB1 1, QD1 1, QB2 1, QD2 1, QB4 1, QD4 1 }",
    ],
    ["120", "1.2 1.3 1.4", '8 s1/256 "NM/s"'],
    ["130", "1.2 1.3 1.4", "repeat fx { 7 }"],
    ["131", "1.2 1.3 1.4", '8 s1 "dBm"'],
    ["141", "1.2 1.3 1.4", '16 u1/128 "s"'],
    ["150", "1.2 1.3 1.4", "{ XA 1, _ 1, XC 1, _ 2, X2 1, _ 2 }"],
    ["161", "1.2 1.3 1.4", "16"],
    ["170", "1.2 1.3 1.4", "extended { CON 1, RAD 1, MAN 1, DOU 1, RDPC 1, _ 1, GHO 1 | TRE 1, _ 6 | }"],
    ["200", "1.2 1.3 1.4", '{ GSP 16 u1/16384 "NM/s", HDG 16 u360/65536 "°" }'],
    ["210", "1.2 1.3 1.4", "repeat fx { 7 }"],
    ["SP", "1.2 1.3 1.4", "explicit sp"],
  ],
  expansions: [],
};
