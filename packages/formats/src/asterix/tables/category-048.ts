// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category048: CategoryTable = {
  category: 48,
  profiles: [
    [
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "010 140 020 040 070 090 130 220 240 250 161 042 200 170 210 030 080 100 110 120 230 260 055 050 065 060 SP RE",
    ],
  ],
  items: [
    ["010", "1.27 1.28 1.29 1.30 1.31 1.32", "{ SAC 8, SIC 8 }"],
    [
      "020",
      "1.27 1.28 1.29 1.30",
      "extended { TYP 3, SIM 1, RDP 1, SPI 1, RAB 1 | TST 1, ERR 1, XPP 1, ME 1, MI 1, FOEFRI 2 | }",
    ],
    [
      "020",
      "1.31",
      "extended { TYP 3, SIM 1, RDP 1, SPI 1, RAB 1 | TST 1, ERR 1, XPP 1, ME 1, MI 1, FOEFRI 2 | ADSB { EP 1, VAL 1 }, SCN { EP 1, VAL 1 }, PAI { EP 1, VAL 1 }, _ 1 | }",
    ],
    [
      "020",
      "1.32",
      "extended { TYP 3, SIM 1, RDP 1, SPI 1, RAB 1 | TST 1, ERR 1, XPP 1, ME 1, MI 1, FOEFRI 2 | ADSB { EP 1, VAL 1 }, SCN { EP 1, VAL 1 }, PAI { EP 1, VAL 1 }, _ 1 | ACASXV { EP 1, VAL 4 ?0-2 }, POXPR { EP 1, VAL 1 } | POACT { EP 1, VAL 1 }, DTFXPR { EP 1, VAL 1 }, DTFACT { EP 1, VAL 1 }, _ 1 | IRMXPR { EP 1, VAL 1 }, IRMACT { EP 1, VAL 1 }, _ 3 | }",
    ],
    ["030", "1.27", "repeat fx { 7 ?0-31 }"],
    ["030", "1.28 1.29 1.30", "repeat fx { 7 ?0-34 }"],
    ["030", "1.31", "repeat fx { 7 ?0-36 }"],
    ["030", "1.32", "repeat fx { 7 ?0-37 }"],
    ["040", "1.27 1.28 1.29 1.30 1.31 1.32", '{ RHO 16 u1/256 "NM" <256, THETA 16 u360/65536 "°" }'],
    ["042", "1.27 1.28 1.29 1.30 1.31 1.32", '{ X 16 s1/128 "NM" >=-256 <=256, Y 16 s1/128 "NM" >=-256 <=256 }'],
    ["050", "1.27 1.28 1.29 1.30 1.31 1.32", "{ V 1, G 1, L 1, _ 1, MODE2 12 octal }"],
    ["055", "1.27 1.28 1.29 1.30 1.31 1.32", "{ V 1, G 1, L 1, MODE1 5 }"],
    [
      "060",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }",
    ],
    ["065", "1.27 1.28 1.29 1.30 1.31 1.32", "{ _ 3, QA4 1, QA2 1, QA1 1, QB2 1, QB1 1 }"],
    ["070", "1.27 1.28 1.29 1.30 1.31 1.32", "{ V 1, G 1, L 1, _ 1, MODE3A 12 octal }"],
    [
      "080",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }",
    ],
    ["090", "1.27 1.28 1.29 1.30 1.31", '{ V 1, G 1, FL 14 u1/4 "FL" }'],
    ["090", "1.32", '{ V 1, G 1, FL 14 s1/4 "FL" }'],
    [
      "100",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "{ V 1, G 1, _ 2, MODEC 12, _ 4, QC1 1, QA1 1, QC2 1, QA2 1, QC4 1, QA4 1, QB1 1, QD1 1, QB2 1, QD2 1, QB4 1, QD4 1 }",
    ],
    ["110", "1.27 1.28 1.29 1.30 1.31 1.32", '{ _ 2, 3DH 14 s25 "ft" }'],
    [
      "120",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      'compound { CAL { D 1, _ 5, CAL 10 s1 "m/s" }, RDS repeat 1 { DOP 16 u1 "m/s", AMB 16 u1 "m/s", FRQ 16 u1 "MHz" } }',
    ],
    [
      "130",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      'compound { SRL 8 u360/8192 "°", SRR 8 u, SAM 8 s1 "dBm", PRL 8 u360/8192 "°", PAM 8 s1 "dBm", RPD 8 s1/256 "NM", APD 8 s360/16384 "°" }',
    ],
    ["140", "1.27 1.28 1.29 1.30 1.31 1.32", '24 u1/128 "s" <86400'],
    ["161", "1.27 1.28 1.29 1.30 1.31 1.32", "{ _ 4, TRN 12 }"],
    [
      "170",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "extended { CNF 1, RAD 2, DOU 1, MAH 1, CDM 2 | TRE 1, GHO 1, SUP 1, TCC 1, _ 3 | }",
    ],
    ["200", "1.27 1.28 1.29 1.30 1.31 1.32", '{ GSP 16 u1/16384 "NM/s", HDG 16 u360/65536 "°" }'],
    [
      "210",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      '{ SIGX 8 u1/128 "NM", SIGY 8 u1/128 "NM", SIGV 8 u1/16384 "NM/s", SIGH 8 u360/4096 "°" }',
    ],
    ["220", "1.27 1.28 1.29 1.30 1.31 1.32", "24"],
    [
      "230",
      "1.27 1.28 1.29 1.30 1.31 1.32",
      "{ COM 3 ?0-4, STAT 3 ?0-5;7, SI 1, _ 1, MSSC 1, ARC 1, AIC 1, B1A 1, B1B 4 }",
    ],
    ["240", "1.27 1.28 1.29 1.30 1.31 1.32", "48 icao"],
    ["250", "1.27 1.28 1.29 1.30 1.31 1.32", "repeat 1 { MBDATA 56, BDS1 4, BDS2 4 }"],
    ["260", "1.27 1.28 1.29 1.30 1.31 1.32", "56"],
    ["RE", "1.27 1.28 1.29 1.30 1.31 1.32", "explicit re"],
    ["SP", "1.27 1.28 1.29 1.30 1.31 1.32", "explicit sp"],
  ],
  expansions: [
    [
      "1.11",
      'compound 1 { MD5 compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 2, NAV 1, NAT 5, _ 2, MIS 6 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 } }, M5N compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 4, NOV 1, NO 11 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 }, FOM { _ 3, FOM 5 } }, M4E extended { _ 5, FOEFRI 2 | }, RPC compound { SCO 8 u, SRC 16 u1/10 "dB" >=0.1 <=2550, RW 16 u1/256 "NM" <=256, AR 16 u1/256 "NM" <=256 }, ERR 24 u1/256 "NM" <=65535, RTC compound { PTL { _ 3, SCN 1, RC 1, AC 1, SSR 1, PSR 1, PLOTNR 16 }, ATL repeat 1 { 16 }, TRN 8 u1 "%" <=100, NPP { PREDRHO 16 u1/128 "NM", PREDTHETA 16 u360/65536 "°", EVOLRHOSTART 16 u1/128 "NM", EVOLRHOEND 16 u1/128 "NM", EVOLTHETASTART 16 u360/65536 "°", EVOLTHETAEND 16 u360/65536 "°", NOISERHOSTART 16 u1/128 "NM", NOISERHOEND 16 u1/128 "NM", NOISETHETASTART 16 u360/65536 "°", NOISETHETAEND 16 u360/65536 "°", PREDTIME 16 u1/128 "s" }, DLK repeat 1 { TYPE 4, ORIGIN 2, STATE 2 }, LCK { LS 1, LOCTIM 15 u1 "ms" }, TC { _ 7, TCOUNT1 4 u, TCODE1 5, TCOUNT2 4 u, TCODE2 12 octal, TCOUNT3 4 u, TCODE3 12 octal }, TLC { ACQI 2, TRKUPDCTR 14 u, LASTTRKUPD 16 u1 "ms" }, ASI repeat 1 { SACADJS 8, SICADJS 8, TIMEOFDAYSCN 16 u1/128 "s", DATAUSE 7 ?0-2, DRNA 1, DRN 16 }, TES 8 ?0-3, IR { IR 1, M3A 7 u1 "s" } }, CPC compound { PNB 16, RPL repeat 1 { TYPE 8 ?0-3, REPLYNBR 16 }, SNB 8 u, DATE { Y1 4 u >=0 <=10, Y2 4 u >=0 <=10, Y3 4 u >=0 <=10, Y4 4 u >=0 <=10, M1 4 u >=0 <=1, M2 4 u >=0 <=10, D1 4 u >=0 <=3, D2 4 u >=0 <=10 } } }',
    ],
    [
      "1.12",
      'compound 1 { MD5 compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 2, NAV 1, NAT 5, _ 2, MIS 6 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 } }, M5N compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 4, NOV 1, NO 11 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 }, FOM { _ 3, FOM 5 } }, M4E extended { _ 5, FOEFRI 2 | }, RPC compound { SCO 8 u, SRC 16 u1/10 "dB" >=0.1 <=2550, RW 16 u1/256 "NM" <=256, AR 16 u1/256 "NM" <=256 }, ERR 24 u1/256 "NM" <=65535, RTC compound { PTL { _ 3, SCN 1, RC 1, AC 1, SSR 1, PSR 1, PLOTNR 16 }, ATL repeat 1 { 16 }, TRN 8 u1 "%" <=100, NPP { PREDRHO 16 u1/128 "NM", PREDTHETA 16 u360/65536 "°", EVOLRHOSTART 16 u1/128 "NM", EVOLRHOEND 16 u1/128 "NM", EVOLTHETASTART 16 u360/65536 "°", EVOLTHETAEND 16 u360/65536 "°", NOISERHOSTART 16 u1/128 "NM", NOISERHOEND 16 u1/128 "NM", NOISETHETASTART 16 u360/65536 "°", NOISETHETAEND 16 u360/65536 "°", PREDTIME 16 u1/128 "s" }, DLK repeat 1 { TYPE 4, ORIGIN 2, STATE 2 }, LCK { LS 1, LOCTIM 15 u1 "ms" }, TC { _ 7, TCOUNT1 4 u, TCODE1 5, TCOUNT2 4 u, TCODE2 12 octal, TCOUNT3 4 u, TCODE3 12 octal }, TLC { ACQI 2, TRKUPDCTR 14 u, LASTTRKUPD 16 u1 "ms" }, ASI repeat 1 { SACADJS 8, SICADJS 8, TIMEOFDAYSCN 16 u1/128 "s", DATAUSE 7 ?0-2, DRNA 1, DRN 16 }, TES 8 ?0-3, IR { IR 1, M3A 7 u1 "s" } }, CPC compound { PNB 16, RPL repeat 1 { TYPE 8 ?0-3, REPLYNBR 16 }, SNB 8 u, DATE { Y1 4 u >=0 <=10, Y2 4 u >=0 <=10, Y3 4 u >=0 <=10, Y4 4 u >=0 <=10, M1 4 u >=0 <=1, M2 4 u >=0 <=10, D1 4 u >=0 <=3, D2 4 u >=0 <=10 } }, GEN48 compound { ALTM2 { V 1, G 1, L 1, _ 1, ALTM2 12 octal }, ALTM3 { V 1, G 1, L 1, _ 1, ALTM3 12 octal }, ALTFL { V 1, G 1, ALTFL 14 s1/4 "ALTFL" } } }',
    ],
    [
      "1.13",
      'compound 1 { MD5 compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 2, NAV 1, NAT 5, _ 2, MIS 6 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 } }, M5N compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 4, NOV 1, NO 11 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <=180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 u1/128 "s", XP { _ 2, XP 1, X5 1, XC 1, X3 1, X2 1, X1 1 }, FOM { _ 3, FOM 5 } }, M4E extended { _ 5, FOEFRI 2 | }, RPC compound { SCO 8 u, SRC 16 u1/10 "dB" >=0.1 <=2550, RW 16 u1/256 "NM" <=256, AR 16 u1/256 "NM" <=256 }, ERR 24 u1/256 "NM" <=65535, RTC compound { PTL { _ 3, SCN 1, RC 1, AC 1, SSR 1, PSR 1, PLOTNR 16 }, ATL repeat 1 { 16 }, TRN 8 u1 "%" <=100, NPP { PREDRHO 16 u1/128 "NM", PREDTHETA 16 u360/65536 "°", EVOLRHOSTART 16 u1/128 "NM", EVOLRHOEND 16 u1/128 "NM", EVOLTHETASTART 16 u360/65536 "°", EVOLTHETAEND 16 u360/65536 "°", NOISERHOSTART 16 u1/128 "NM", NOISERHOEND 16 u1/128 "NM", NOISETHETASTART 16 u360/65536 "°", NOISETHETAEND 16 u360/65536 "°", PREDTIME 16 u1/128 "s" }, DLK repeat 1 { TYPE 4, ORIGIN 2, STATE 2 }, LCK { LS 1, LOCTIM 15 u1 "ms" }, TC { _ 7, TCOUNT1 4 u, TCODE1 5, TCOUNT2 4 u, TCODE2 12 octal, TCOUNT3 4 u, TCODE3 12 octal }, TLC { ACQI 2, TRKUPDCTR 14 u, LASTTRKUPD 16 u1 "ms" }, ASI repeat 1 { SACADJS 8, SICADJS 8, TIMEOFDAYSCN 16 u1/128 "s", DATAUSE 7 ?0-2, DRNA 1, DRN 16 }, TES 8 ?0-3, IR { IR 1, M3A 7 u1 "s" } }, CPC compound { PNB 16, RPL repeat 1 { TYPE 8 ?0-3, REPLYNBR 16 }, SNB 8 u, DATE { Y1 4 u >=0 <=10, Y2 4 u >=0 <=10, Y3 4 u >=0 <=10, Y4 4 u >=0 <=10, M1 4 u >=0 <=1, M2 4 u >=0 <=10, D1 4 u >=0 <=3, D2 4 u >=0 <=10 } }, GEN48 compound { ALTM2 { V 1, G 1, L 1, _ 1, ALTM2 12 octal }, ALTM3 { V 1, G 1, L 1, _ 1, ALTM3 12 octal }, ALTFL { V 1, G 1, ALTFL 14 s1/4 "ALTFL" }, RCSDB { _ 2, RCSDB 14 s1/100 "dBm²" >=-60 <=30 }, RCSM { _ 2, RCSM 30 u1/1000000 "m²" >=0.000001 <=1000 } } }',
    ],
  ],
};
