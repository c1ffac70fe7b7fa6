// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category004: CategoryTable = {
  category: 4,
  profiles: [["1.12 1.13", "010 000 015 020 040 045 060 030 170 120 070 076 074 075 100 035 171 110 - RE SP"]],
  items: [
    ["000", "1.12", "8 ?1-44;97-99"],
    ["000", "1.13", "8 ?1-45;97-99"],
    ["010", "1.12 1.13", "{ SAC 8, SIC 8 }"],
    ["015", "1.12 1.13", "repeat 1 { SAC 8, SIC 8 }"],
    ["020", "1.12 1.13", '24 u1/128 "s"'],
    ["030", "1.12 1.13", "16"],
    ["035", "1.12 1.13", "16"],
    ["040", "1.12 1.13", "16"],
    ["045", "1.12", "{ _ 4, STAT 3, _ 1 }"],
    ["045", "1.13", "{ AREA { EP 1, VAL 3 }, STAT 3, _ 1 }"],
    [
      "060",
      "1.12",
      "extended { MRVA 1, RAMLD 1, RAMHD 1, MSAW 1, APW 1, CLAM 1, STCA 1 | APM 1, RIMCA 1, ACASRA 1, NTCA 1, DG 1, OF 1, OL 1 | AIW 1, PAIW 1, OCAT 1, SAM 1, VCD 1, CHAM 1, DSAM 1 | DBPSMARR 1, DBPSMDEP 1, DBPSMTL 1, VRAMCRM 1, VRAMVTM 1, VRAMVRM 1, HAMHD 1 | HAMRD 1, HAMVD 1, HVI 1, LTW 1, VPM 1, TTA 1, CRA 1 | ASM 1, IAVM 1, FTD 1, ITD 1, IIA 1, SQW 1, CUW 1 | CATC 1, NOCLR 1, NOMOV 1, NOH 1, WRTY 1, STOCC 1, ONGOING 1 | }",
    ],
    [
      "060",
      "1.13",
      "extended { MRVA 1, RAMLD 1, RAMHD 1, MSAW 1, APW 1, CLAM 1, STCA 1 | APM 1, RIMCA 1, ACASRA 1, NTCA 1, DG 1, OF 1, OL 1 | AIW 1, PAIW 1, OCAT 1, SAM 1, VCD 1, CHAM 1, DSAM 1 | DBPSMARR 1, DBPSMDEP 1, DBPSMTL 1, VRAMCRM 1, VRAMVTM 1, VRAMVRM 1, HAMHD 1 | HAMRD 1, HAMVD 1, HVI 1, LTW 1, VPM 1, TTA 1, CRA 1 | ASM 1, IAVM 1, FTD 1, ITD 1, IIA 1, SQW 1, CUW 1 | CATC 1, NOCLR 1, NOMOV 1, NOH 1, WRTY 1, STOCC 1, ONGOING 1 | NTZ 1, _ 6 | }",
    ],
    [
      "070",
      "1.12 1.13",
      'compound { TC 24 u1/128 "s", TCA 24 u1/128 "s", CHS 24 u1/2 "m", MHS 16 u1/2 "m", CVS 16 u25 "ft", MVS 16 u25 "ft" }',
    ],
    ["074", "1.12 1.13", '16 s32 "m"'],
    ["075", "1.12 1.13", '24 s1/2 "m"'],
    ["076", "1.12 1.13", '16 s25 "ft"'],
    ["100", "1.12 1.13", "compound { AN 48 icao, CAN 56 ascii, RT1 56 ascii, RT2 56 ascii, SB 56 ascii, G 56 ascii }"],
    ["110", "1.12 1.13", "repeat 1 { CEN 8, POS 8 }"],
    [
      "120",
      "1.12 1.13",
      'compound { CN extended { MAS 1, CAS 1, FLD 1, FVD 1, TYPE 1, CROSS 1, DIV 1 | RRC 1, RTC 1, MRVA 1, VRAMCRM 1, VRAMVRM 1, VRAMVTM 1, HAMHD 1 | HAMRD 1, HAMVD 1, DBPSMARR 1, DBPSMDEP 1, DBPSMTL 1, AIW 1, _ 1 | }, CC { TID 4, CPC 3, CS 1 }, CP 8 u1/2 "%", CD 24 u1/128 "s" }',
    ],
    [
      "170",
      "1.12 1.13",
      'compound { AI1 56 ascii, M31 { _ 4, MODE3A 12 octal }, CPW { LAT 32 s180/33554432 "°" >=-90 <=90, LON 32 s180/33554432 "°" >=-180 <180, ALT 16 s25 "ft" >=-1500 <=150000 }, CPC { X 24 s1/2 "m", Y 24 s1/2 "m", Z 16 s25 "ft" >=-1500 <=150000 }, TT1 24 u1/128 "s", DT1 16 u1/2 "m", AC1 extended { GATOAT 2, FR1FR2 2, RVSM 2, HPR 1 | CDM 2, PRI 1, GV 1, _ 3 | }, MS1 48 icao, FP1 { _ 5, NBR 27 u1 >=0 <=99999999 }, CF1 16 u1/4 "FL" }',
    ],
    [
      "171",
      "1.12 1.13",
      'compound { AI2 56 ascii, M32 { _ 4, MODE3A 12 octal }, CPW { LAT 32 s180/33554432 "°" >=-90 <=90, LON 32 s180/33554432 "°" >=-180 <180, ALT 16 s25 "ft" >=-1500 <=150000 }, CPL { X 24 s1/2 "m", Y 24 s1/2 "m", Z 16 s25 "ft" >=-1500 <=150000 }, TT2 24 u1/128 "s", DT2 16 u1/2 "m", AC2 extended { GATOAT 2, FR1FR2 2, RVSM 2, HPR 1 | CDM 2, PRI 1, GV 1, _ 3 | }, MS2 48 icao, FP2 { _ 5, NBR 27 u1 >=0 <=99999999 }, CF2 16 u1/4 "FL" }',
    ],
    ["RE", "1.12 1.13", "explicit re"],
    ["SP", "1.12 1.13", "explicit sp"],
  ],
  expansions: [],
};
