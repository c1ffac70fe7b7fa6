// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category032: CategoryTable = {
  category: 32,
  profiles: [["1.1 1.2", "010 015 018 035 020 040 050 060 400 410 420 440 450 480 490 430 435 460 500 - RE"]],
  items: [
    ["010", "1.1 1.2", "{ SAC 8, SIC 8 }"],
    ["015", "1.1 1.2", "16 u"],
    ["018", "1.1 1.2", "{ SAC 8, SIC 8 }"],
    ["020", "1.1 1.2", '24 u1/128 "s"'],
    ["035", "1.1", "{ FAMILY 4 ?1, NATURE 4 ?1-5 }"],
    ["035", "1.2", "{ FAMILY 4 ?0-2, NATURE 4 }"],
    ["040", "1.1 1.2", "16 u"],
    ["050", "1.1 1.2", "extended { SUI 8 u, STN 15 u | }"],
    ["060", "1.1 1.2", "{ _ 4, MODE3A 12 octal }"],
    ["400", "1.1 1.2", "56 ascii"],
    ["410", "1.1 1.2", "16 u"],
    ["420", "1.1 1.2", "{ GATOAT 2, FR1FR2 2, SP3 1, SP2 1, SP1 1, _ 1 }"],
    ["430", "1.1 1.2", "32 ascii"],
    ["435", "1.1 1.2", "8 ?76-77;72;74"],
    ["440", "1.1 1.2", "32 ascii"],
    ["450", "1.1 1.2", "32 ascii"],
    ["460", "1.1 1.2", "repeat 1 { _ 4, OCT1 3, OCT2 3, OCT3 3, OCT4 3 }"],
    ["480", "1.1 1.2", '16 u1/4 "FL" >=0 <=1500'],
    ["490", "1.1 1.2", "{ CEN 8, POS 8 }"],
    [
      "500",
      "1.1 1.2",
      "compound { IFI { TYP 2, _ 3, NBR 27 u >=0 <=99999999 }, RVP { _ 5, RVSM 2, HPR 1 }, RDS { NU1 8 ascii, NU2 8 ascii, LTR 8 ascii }, TOD repeat 1 { TYP 5 ?0-13, DAY 2, _ 4, HOR 5 u >=0 <=23, _ 2, MIN 6 u >=0 <=59, AVS 1, _ 1, SEC 6 u >=0 <=59 }, AST 48 ascii, STS { EMP 2, AVL 2, _ 4 }, SID 56 ascii, STAR 56 ascii }",
    ],
    ["RE", "1.1 1.2", "explicit re"],
  ],
  expansions: [],
};
