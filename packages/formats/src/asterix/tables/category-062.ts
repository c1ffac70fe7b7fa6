// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category062: CategoryTable = {
  category: 62,
  profiles: [
    [
      "1.16 1.17 1.18 1.19 1.20 1.21",
      "010 - 015 070 105 100 185 210 060 245 380 040 080 290 200 295 136 130 135 220 390 270 300 110 120 510 500 340 - - - - - RE SP",
    ],
  ],
  items: [
    ["010", "1.16 1.17 1.18 1.19 1.20 1.21", "{ SAC 8, SIC 8 }"],
    ["015", "1.16 1.17 1.18 1.19 1.20 1.21", "8"],
    ["040", "1.16 1.17 1.18 1.19 1.20 1.21", "16"],
    ["060", "1.16", "{ _ 2, CH 1, _ 1, MODE3A 12 octal }"],
    ["060", "1.17 1.18 1.19 1.20 1.21", "{ V 1, G 1, CH 1, _ 1, MODE3A 12 octal }"],
    ["070", "1.16 1.17 1.18 1.19 1.20 1.21", '24 u1/128 "s"'],
    [
      "080",
      "1.16 1.17",
      "extended { MON 1, SPI 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FPC 1, AFF 1, STP 1, KOS 1 | AMA 1, MD4 2, ME 1, MI 1, MD5 2 | CST 1, PSR 1, SSR 1, MDS 1, ADS 1, SUC 1, AAC 1 | SDS 2, EMS 3, PFT 1, FPLT 1 | DUPT 1, DUPF 1, DUPM 1, _ 4 | }",
    ],
    [
      "080",
      "1.18 1.19",
      "extended { MON 1, SPI 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FPC 1, AFF 1, STP 1, KOS 1 | AMA 1, MD4 2, ME 1, MI 1, MD5 2 | CST 1, PSR 1, SSR 1, MDS 1, ADS 1, SUC 1, AAC 1 | SDS 2, EMS 3, PFT 1, FPLT 1 | DUPT 1, DUPF 1, DUPM 1, SFC 1, IDD 1, IEC 1, _ 1 | }",
    ],
    [
      "080",
      "1.20",
      "extended { MON 1, SPI 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FPC 1, AFF 1, STP 1, KOS 1 | AMA 1, MD4 2, ME 1, MI 1, MD5 2 | CST 1, PSR 1, SSR 1, MDS 1, ADS 1, SUC 1, AAC 1 | SDS 2, EMS 3, PFT 1, FPLT 1 | DUPT 1, DUPF 1, DUPM 1, SFC 1, IDD 1, IEC 1, MLAT 1 | }",
    ],
    [
      "080",
      "1.21",
      "extended { MON 1, SPI 1, MRH 1, SRC 3, CNF 1 | SIM 1, TSE 1, TSB 1, FPC 1, AFF 1, STP 1, KOS 1 | AMA 1, MD4 2, ME 1, MI 1, MD5 2 | CST 1, PSR 1, SSR 1, MDS 1, ADS 1, SUC 1, AAC 1 | SDS 2, EMS 3, PFT 1, FPLT 1 | DUPT 1, DUPF 1, DUPM 1, SFC 1, IDD 1, IEC 1, MLAT 1 | M5I 1, _ 6 | }",
    ],
    ["100", "1.16 1.17 1.18 1.19 1.20 1.21", '{ X 24 s1/2 "m", Y 24 s1/2 "m" }'],
    [
      "105",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      '{ LAT 32 s180/33554432 "°" >=-90 <=90, LON 32 s180/33554432 "°" >=-180 <180 }',
    ],
    [
      "110",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      'compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, X 1 }, PMN { _ 2, PIN 14, _ 3, NAT 5, _ 2, MIS 6 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { _ 4, EM1 12 octal }, TOS 8 s1/128 "s", XP { _ 3, X5 1, XC 1, X3 1, X2 1, X1 1 } }',
    ],
    ["120", "1.16 1.17 1.18 1.19 1.20 1.21", "{ _ 4, MODE2 12 octal }"],
    ["130", "1.16 1.17 1.18 1.19 1.20 1.21", '16 s25/4 "ft" >=-1500 <=150000'],
    ["135", "1.16 1.17 1.18 1.19 1.20 1.21", '{ QNH 1, CTB 15 s1/4 "FL" >=-15 <=1500 }'],
    ["136", "1.16 1.17 1.18 1.19 1.20 1.21", '16 s1/4 "FL" >=-15 <=1500'],
    [
      "185",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      '{ VX 16 s1/4 "m/s" >=-8192 <=8191.75, VY 16 s1/4 "m/s" >=-8192 <=8191.75 }',
    ],
    ["200", "1.16 1.17 1.18 1.19 1.20 1.21", "{ TRANS 2, LONG 2, VERT 2, ADF 1, _ 1 }"],
    ["210", "1.16 1.17 1.18 1.19 1.20 1.21", '{ AX 8 s1/4 "m/s²", AY 8 s1/4 "m/s²" }'],
    ["220", "1.16 1.17 1.18 1.19 1.20 1.21", '16 s25/4 "ft/min"'],
    ["245", "1.16 1.17 1.18 1.19 1.20 1.21", "{ STI 2, _ 6, CHR 48 icao }"],
    [
      "270",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      'extended { LENGTH 7 u1 "m" | ORIENTATION 7 u360/128 "°" | WIDTH 7 u1 "m" | }',
    ],
    [
      "290",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      'compound { TRK 8 u1/4 "s" <=63.75, PSR 8 u1/4 "s" <=63.75, SSR 8 u1/4 "s" <=63.75, MDS 8 u1/4 "s" <=63.75, ADS 16 u1/4 "s" <=16383.75, ES 8 u1/4 "s" <=63.75, VDL 8 u1/4 "s" <=63.75, UAT 8 u1/4 "s" <=63.75, LOP 8 u1/4 "s" <=63.75, MLT 8 u1/4 "s" <=63.75 }',
    ],
    [
      "295",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      'compound { MFL 8 u1/4 "s" <=63.75, MD1 8 u1/4 "s" <=63.75, MD2 8 u1/4 "s" <=63.75, MDA 8 u1/4 "s" <=63.75, MD4 8 u1/4 "s" <=63.75, MD5 8 u1/4 "s" <=63.75, MHG 8 u1/4 "s" <=63.75, IAS 8 u1/4 "s" <=63.75, TAS 8 u1/4 "s" <=63.75, SAL 8 u1/4 "s" <=63.75, FSS 8 u1/4 "s" <=63.75, TID 8 u1/4 "s" <=63.75, COM 8 u1/4 "s" <=63.75, SAB 8 u1/4 "s" <=63.75, ACS 8 u1/4 "s" <=63.75, BVR 8 u1/4 "s" <=63.75, GVR 8 u1/4 "s" <=63.75, RAN 8 u1/4 "s" <=63.75, TAR 8 u1/4 "s" <=63.75, TAN 8 u1/4 "s" <=63.75, GSP 8 u1/4 "s" <=63.75, VUN 8 u1/4 "s" <=63.75, MET 8 u1/4 "s" <=63.75, EMC 8 u1/4 "s" <=63.75, POS 8 u1/4 "s" <=63.75, GAL 8 u1/4 "s" <=63.75, PUN 8 u1/4 "s" <=63.75, MB 8 u1/4 "s" <=63.75, IAR 8 u1/4 "s" <=63.75, MAC 8 u1/4 "s" <=63.75, BPS 8 u1/4 "s" <=63.75 }',
    ],
    ["300", "1.16 1.17 1.18 1.19 1.20 1.21", "8 ?0-16"],
    [
      "340",
      "1.16 1.17 1.18",
      'compound { SID { SAC 8, SIC 8 }, POS { RHO 16 u1/256 "NM" <=256, THETA 16 u360/65536 "°" }, HEIGHT 16 u25 "ft", MDC { V 1, G 1, LMC 14 s1/4 "FL" >=-12 <=1270 }, MDA { V 1, G 1, L 1, _ 1, MODE3A 12 octal }, TYP { TYP 3, SIM 1, RAB 1, TST 1, _ 2 } }',
    ],
    [
      "340",
      "1.19 1.20 1.21",
      'compound { SID { SAC 8, SIC 8 }, POS { RHO 16 u1/256 "NM" <=256, THETA 16 u360/65536 "°" }, HEIGHT 16 s25 "ft", MDC { V 1, G 1, LMC 14 s1/4 "FL" >=-12 <=1270 }, MDA { V 1, G 1, L 1, _ 1, MODE3A 12 octal }, TYP { TYP 3, SIM 1, RAB 1, TST 1, _ 2 } }',
    ],
    [
      "380",
      "1.16 1.17",
      'compound { ADR 24, ID 48 icao, MHG 16 u360/65536 "°", IAS { IM 1, IAS 15 case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach" }, TAS 16 u1 "kt" >=0 <=2046, SAL { SAS 1, SRC 2, ALT 13 s25 "ft" >=-1300 <=100000 }, FSS { MV 1, AH 1, AM 1, ALT 13 s25 "ft" >=-1300 <=100000 }, TIS extended { NAV 1, NVB 1, _ 5 | }, TID repeat 1 { TCA 1, NC 1, TCPN 6, ALT 16 s10 "ft" >=-1500 <=150000, LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180, PT 4 ?0-11, TD 2, TRA 1, TOA 1, TOV 24 u1 "s", TTR 16 u1/100 "NM" >=0 <=655.35 }, COM { COM 3, STAT 3 ?0-5, _ 2, SSC 1, ARC 1, AIC 1, B1A 1, B1B 4 }, SAB { AC 2, MN 2, DC 2, GBS 1, _ 6, STAT 3 }, ACS 56, BVR 16 s25/4 "ft/min", GVR 16 s25/4 "ft/min", RAN 16 s1/100 "°" >=-180 <=180, TAR { TI 2, _ 6, ROT 7 s1/4 "°/s" >=-15 <=15, _ 1 }, TAN 16 u360/65536 "°", GS 16 s1/16384 "NM/s" >=-2 <2, VUN 8, MET { WS 1, WD 1, TMP 1, TRB 1, _ 4, WSD 16 u1 "kt" >=0 <=300, WDD 16 u1 "°" >=1 <=360, TMPD 16 s1/4 "°C" >=-100 <=100, TRBD 8 u >=0 <=15 }, EMC 8 ?1-24, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }, GAL 16 s25/4 "ft" >=-1500 <=150000, PUN { _ 4, PUN 4 }, MB repeat 1 { 64 }, IAR 16 u1 "kt" >=0 <=1100, MAC 16 u1/125 "Mach" >=0 <=4.096, BPS { _ 4, BPS 12 u1/10 "mb" >=0 <=409.5 } }',
    ],
    [
      "380",
      "1.18 1.19",
      'compound { ADR 24, ID 48 icao, MHG 16 u360/65536 "°", IAS { IM 1, IAS 15 case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach" }, TAS 16 u1 "kt" >=0 <=2046, SAL { SAS 1, SRC 2, ALT 13 s25 "ft" >=-1300 <=100000 }, FSS { MV 1, AH 1, AM 1, ALT 13 s25 "ft" >=-1300 <=100000 }, TIS extended { NAV 1, NVB 1, _ 5 | }, TID repeat 1 { TCA 1, NC 1, TCPN 6, ALT 16 s10 "ft" >=-1500 <=150000, LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180, PT 4 ?0-11, TD 2, TRA 1, TOA 1, TOV 24 u1 "s", TTR 16 u1/100 "NM" >=0 <=655.35 }, COM { COM 3, STAT 3, _ 2, SSC 1, ARC 1, AIC 1, B1A 1, B1B 4 }, SAB { AC 2, MN 2, DC 2, GBS 1, _ 6, STAT 3 }, ACS 56, BVR 16 s25/4 "ft/min", GVR 16 s25/4 "ft/min", RAN 16 s1/100 "°" >=-180 <=180, TAR { TI 2, _ 6, ROT 7 s1/4 "°/s" >=-15 <=15, _ 1 }, TAN 16 u360/65536 "°", GS 16 s1/16384 "NM/s" >=-2 <2, VUN 8, MET { WS 1, WD 1, TMP 1, TRB 1, _ 4, WSD 16 u1 "kt" >=0 <=300, WDD 16 u1 "°" >=1 <=360, TMPD 16 s1/4 "°C" >=-100 <=100, TRBD 8 u >=0 <=15 }, EMC 8 ?1-24, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }, GAL 16 s25/4 "ft" >=-1500 <=150000, PUN { _ 4, PUN 4 }, MB repeat 1 { 64 }, IAR 16 u1 "kt" >=0 <=1100, MAC 16 u1/125 "Mach" >=0 <=4.096, BPS { _ 4, BPS 12 u1/10 "mb" >=0 <=409.5 } }',
    ],
    [
      "380",
      "1.20 1.21",
      'compound { ADR 24, ID 48 icao, MHG 16 u360/65536 "°", IAS { IM 1, IAS 15 case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach" }, TAS 16 u1 "kt" >=0 <=2046, SAL { SAS 1, SRC 2, ALT 13 s25 "ft" >=-1300 <=100000 }, FSS { MV 1, AH 1, AM 1, ALT 13 s25 "ft" >=-1300 <=100000 }, TIS extended { NAV 1, NVB 1, _ 5 | }, TID repeat 1 { TCA 1, NC 1, TCPN 6, ALT 16 s10 "ft" >=-1500 <=150000, LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180, PT 4 ?0-11, TD 2, TRA 1, TOA 1, TOV 24 u1 "s", TTR 16 u1/100 "NM" >=0 <=655.35 }, COM { COM 3, STAT 3, _ 2, SSC 1, ARC 1, AIC 1, B1A 1, B1B 4 }, SAB { AC 2, MN 2, DC 2, GBS 1, _ 6, STAT 3 }, ACS 56, BVR 16 s25/4 "ft/min", GVR 16 s25/4 "ft/min", RAN 16 s1/100 "°" >=-180 <=180, TAR { TI 2, _ 6, ROT 7 s1/4 "°/s" >=-15 <=15, _ 1 }, TAN 16 u360/65536 "°", GS 16 s1/16384 "NM/s" >=-2 <2, VUN 8, MET { WS 1, WD 1, TMP 1, TRB 1, _ 4, WSD 16 u1 "kt" >=0 <=300, WDD 16 u1 "°" >=1 <=360, TMPD 16 s1/4 "°C" >=-100 <=100, TRBD 8 u >=0 <=15 }, EMC 8 ?1-24, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }, GAL 16 s25/4 "ft" >=-1500 <=150000, PUN { _ 4, PUN 4 }, BDSDATA repeat 1 { 64 }, IAR 16 u1 "kt" >=0 <=1100, MAC 16 u1/125 "Mach" >=0 <=4.096, BPS { _ 4, BPS 12 u1/10 "mb" >=0 <=409.5 } }',
    ],
    [
      "390",
      "1.16 1.17 1.18",
      'compound { TAG { SAC 8, SIC 8 }, CS 56 ascii, IFI { TYP 2, _ 3, NBR 27 u >=0 <=99999999 }, FCT { GATOAT 2, FR1FR2 2, RVSM 2, HPR 1, _ 1 }, TAC 32 ascii, WTC 8 ascii, DEP 32 ascii, DST 32 ascii, RDS { NU1 8 ascii, NU2 8 ascii, LTR 8 ascii }, CFL 16 u1/4 "FL", CTL { CENTRE 8, POSITION 8 }, TOD repeat 1 { TYP 5 ?0-13, DAY 2, _ 4, HOR 5 u >=0 <=23, _ 2, MIN 6 u >=0 <=59, AVS 1, _ 1, SEC 6 u >=0 <=59 }, AST 48 ascii, STS { EMP 2, AVL 2, _ 4 }, STD 56 ascii, STA 56 ascii, PEM { _ 3, VA 1, MODE3A 12 octal }, PEC 56 ascii }',
    ],
    [
      "390",
      "1.19 1.20 1.21",
      'compound { TAG { SAC 8, SIC 8 }, CS 56 ascii, IFI { TYP 2, _ 3, NBR 27 u >=0 <=99999999 }, FCT { GATOAT 2, FR1FR2 2, RVSM 2, HPR 1, _ 1 }, TAC 32 ascii, WTC 8 ascii, DEP 32 ascii, DST 32 ascii, RDS { NU1 8 ascii, NU2 8 ascii, LTR 8 ascii }, CFL 16 u1/4 "FL" <1500, CTL { CENTRE 8, POSITION 8 }, TOD repeat 1 { TYP 5 ?0-13, DAY 2, _ 4, HOR 5 u >=0 <=23, _ 2, MIN 6 u >=0 <=59, AVS 1, _ 1, SEC 6 u >=0 <=59 }, AST 48 ascii, STS { EMP 2, AVL 2, _ 4 }, STD 56 ascii, STA 56 ascii, PEM { _ 3, VA 1, MODE3A 12 octal }, PEC 56 ascii }',
    ],
    [
      "500",
      "1.16 1.17 1.18 1.19 1.20 1.21",
      'compound { APC { X 16 u1/2 "m", Y 16 u1/2 "m" }, COV 16 s1/2 "m", APW { LAT 16 u180/33554432 "°", LON 16 u180/33554432 "°" }, AGA 8 u25/4 "ft", ABA 8 u1/4 "FL", ATV { X 8 u1/4 "m/s", Y 8 u1/4 "m/s" }, AA { X 8 u1/4 "m/s²", Y 8 u1/4 "m/s²" }, ARC 8 u25/4 "ft/min" }',
    ],
    ["510", "1.16 1.17 1.18 1.19 1.20 1.21", "repeat fx { IDENT 8, TRACK 15 }"],
    ["RE", "1.16 1.17 1.18 1.19 1.20 1.21", "explicit re"],
    ["SP", "1.16 1.17 1.18 1.19 1.20 1.21", "explicit sp"],
  ],
  expansions: [
    [
      "1.2",
      'compound 1 { CST repeat 1 { SAC 8, SIC 8, _ 4, TYP 4 ?0-9, LTN 16 }, CSN repeat 1 { SAC 8, SIC 8, _ 4, TYP 4 ?0-9 }, TVS { VX 16 s1/4 "m/s" >=-8192 <=8191.75, VY 16 s1/4 "m/s" >=-8192 <=8191.75 }, STS extended { FDR 1, _ 6 | } }',
    ],
    [
      "1.3",
      'compound 1 { CST repeat 1 { SAC 8, SIC 8, _ 4, TYP 4 ?0-9, LTN 16 }, CSN repeat 1 { SAC 8, SIC 8, _ 4, TYP 4 ?0-9 }, TVS { VX 16 s1/4 "m/s" >=-8192 <=8191.75, VY 16 s1/4 "m/s" >=-8192 <=8191.75 }, STS extended { FDR 1, LNAV { EP 1, VAL 1 }, _ 4 | }, V3 compound { PS3 { EP 1, VAL 3, _ 4 }, AS { RCE { EP 1, VAL 2 }, RRL { EP 1, VAL 1 }, TPW { EP 1, VAL 2 }, TSI { EP 1, VAL 2 }, TAO { EP 1, RE 1, VAL 6 }, _ 5 }, UAS { MUO { EP 1, VAL 1 }, DAA { EP 1, VAL 2 }, RWC { EP 1, VAL 1 }, _ 1 }, CASS { SVH { EP 1, VAL 2 }, CATC { EP 1, VAL 3 }, _ 1 } } }',
    ],
  ],
};
