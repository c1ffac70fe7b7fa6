// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category011: CategoryTable = {
  category: 11,
  profiles: [
    [
      "1.2 1.3",
      "010 000 015 140 041 042 202 210 060 245 380 161 170 290 430 090 093 092 215 270 390 300 310 500 600 605 610 SP RE",
    ],
  ],
  items: [
    ["000", "1.2 1.3", "8 ?1-7"],
    ["010", "1.2 1.3", "{ SAC 8, SIC 8 }"],
    ["015", "1.2 1.3", "8"],
    ["041", "1.2 1.3", '{ LAT 32 s180/2147483648 "°" >=-90 <=90, LON 32 s180/2147483648 "°" >=-180 <180 }'],
    ["042", "1.2 1.3", '{ X 16 s1 "m" >=-32768 <=32768, Y 16 s1 "m" >=-32768 <=32768 }'],
    ["060", "1.2 1.3", "{ _ 4, MOD3A 12 octal }"],
    ["090", "1.2 1.3", '16 s1/4 "FL" >=-12 <=1500'],
    ["092", "1.2 1.3", '16 s25/4 "ft" >=-1500 <=150000'],
    ["093", "1.2 1.3", '{ QNH 1, CTBA 15 s1/4 "FL" >=-15 <=1500 }'],
    ["140", "1.2 1.3", '24 u1/128 "s"'],
    ["161", "1.2 1.3", "{ _ 1, FTN 15 }"],
    [
      "170",
      "1.2",
      "extended { MON 1, GBS 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FRIFOE 2, ME 1, MI 1 | AMA 1, SPI 1, CST 1, FPC 1, AFF 1, _ 2 | }",
    ],
    [
      "170",
      "1.3",
      "extended { MON 1, GBS 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FRIFOE 2, ME 1, MI 1 | AMA 1, SPI 1, CST 1, FPC 1, AFF 1, _ 2 | _ 1, PSR 1, SSR 1, MDS 1, ADS 1, SUC 1, AAC 1 | }",
    ],
    ["202", "1.2 1.3", '{ VX 16 s1/4 "m/s" >=-8192 <=8192, VY 16 s1/4 "m/s" >=-8192 <=8192 }'],
    ["210", "1.2 1.3", '{ AX 8 s1/4 "m/s²" >=-31 <=31, AY 8 s1/4 "m/s²" >=-31 <=31 }'],
    ["215", "1.2 1.3", '16 s25/4 "ft/min" >=-204800 <=204800'],
    ["245", "1.2 1.3", "{ STI 2 ?0-2, _ 6, TID 48 icao }"],
    ["270", "1.2 1.3", 'extended { LENGTH 7 u1 "m" | ORIENTATION 7 u360/128 "°" | WIDTH 7 u1 "m" | }'],
    [
      "290",
      "1.2 1.3",
      'compound { PSR 8 u1/4 "s", SSR 8 u1/4 "s", MDA 8 u1/4 "s", MFL 8 u1/4 "s", MDS 8 u1/4 "s", ADS 16 u1/4 "s", ADB 8 u1/4 "s", MD1 8 u1/4 "s", MD2 8 u1/4 "s", LOP 8 u1/4 "s", TRK 8 u1/4 "s", MUL 8 u1/4 "s" }',
    ],
    ["300", "1.2 1.3", "8 ?0-16"],
    ["310", "1.2 1.3", "{ TRB 1, MSG 7 ?1-5 }"],
    [
      "380",
      "1.2 1.3",
      "compound { MB repeat 1 { 64 }, ADR 24, -, COMACAS { COM 3, STAT 4 ?0-10, _ 1, SSC 1, ARC 1, AIC 1, B1A 1, B1B 4, AC 1, MN 1, DC 1, _ 5 }, -, -, -, ACT 32 ascii, ECAT 8 ?1-24, -, AVTECH { VDL 1, MDS 1, UAT 1, _ 5 } }",
    ],
    [
      "390",
      "1.2 1.3",
      'compound { FPPSID { SAC 8, SIC 8 }, CSN 56 ascii, IFPSFLIGHTID { TYP 2, _ 3, NBR 27 }, FLIGHTCAT { GATOAT 2, FR1FR2 2, RVSM 2, HPR 1, _ 1 }, TOA 32 ascii, WTC 8 ?76-77;72;74, ADEP 32 ascii, ADES 32 ascii, RWY 24 ascii, CFL 16 u1/4 "FL", CCP { CENTRE 8, POSITION 8 }, TOD repeat 1 { TYP 5 ?0-13, DAY 2 ?0-2, _ 4, HOR 5 u >=0 <=23, _ 2, MIN 6 u >=0 <=59, AVS 1, _ 1, SEC 6 u >=0 <=59 }, AST 48 ascii, STS { EMP 2 ?0-2, AVL 2 ?0-2, _ 4 } }',
    ],
    ["430", "1.2 1.3", "8 ?0-9"],
    [
      "500",
      "1.2 1.3",
      'compound { APC { X 8 u1/4 "m", Y 8 u1/4 "m" }, APW { LAT 16 s180/2147483648 "°", LON 16 s180/2147483648 "°" }, ATH 16 s1/2 "m", AVC { X 8 u1/10 "m/s", Y 8 u1/10 "m/s" }, ARC 16 s1/10 "m/s", AAC { X 8 u1/100 "m/s²", Y 8 u1/100 "m/s²" } }',
    ],
    ["600", "1.2 1.3", "{ ACK 1, SVR 2 ?0-2, _ 5, AT 8, AN 8 }"],
    ["605", "1.2 1.3", "repeat 1 { _ 4, FTN 12 }"],
    ["610", "1.2 1.3", "repeat 1 { BKN 4, I1 1, I2 1, I3 1, I4 1, I5 1, I6 1, I7 1, I8 1, I9 1, I10 1, I11 1, I12 1 }"],
    ["RE", "1.2 1.3", "explicit re"],
    ["SP", "1.2 1.3", "explicit sp"],
  ],
  expansions: [],
};
