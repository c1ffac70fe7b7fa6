// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.
import type { CategoryTable } from "../category-table.ts";

export const category007: CategoryTable = {
  category: 7,
  profiles: [
    [
      "1.12",
      "by 410 0=downlink 1=downlink 2=downlink 3=downlink 4=downlink 5=uplink 6=uplink 7=uplink 8=uplink downlink ( 010 025 410 140 400 020 040 070 090 130 220 240 250 161 042 200 170 210 030 080 100 110 120 230 260 055 050 065 060 450 085 - - SPF REF ) uplink ( 010 025 410 140 400 040 220 161 042 200 415 420 440 - - - - - - SPF REF )",
    ],
  ],
  items: [
    ["010", "1.12", "{ SAC 8, SIC 8 }"],
    [
      "020",
      "1.12",
      "extended { TYP 3, SIM 1, RDP 1, SPI 1, RAB 1 | TST 1, ERR 1, XPP 1, ME 1, MI 1, FOEFRI 2 | ADSB { EP 1, VAL 1 }, SCN { EP 1, VAL 1 }, PAI { EP 1, VAL 1 }, _ 1 | ACASVX { EP 1, VAL 4 }, POXPR { EP 1, VAL 1 } | POACT { EP 1, VAL 1 }, DTFXPR { EP 1, VAL 1 }, DTFACT { EP 1, VAL 1 }, _ 1 | IRMXPR { EP 1, VAL 1 }, IRMACT { EP 1, VAL 1 }, _ 3 | }",
    ],
    ["025", "1.12", "{ SAC 8, SIC 8 }"],
    ["030", "1.12", "repeat fx { 7 ?0-37;64-69 }"],
    ["040", "1.12", '{ RHO 16 u1/256 "NM" <256, THETA 16 u360/65536 "°" }'],
    ["042", "1.12", '{ X 16 s1/128 "NM" >=-256 <=256, Y 16 s1/128 "NM" >=-256 <=256 }'],
    ["050", "1.12", "{ V 1, G 1, L 1, _ 1, MODE2 12 octal }"],
    ["055", "1.12", "{ V 1, G 1, L 1, MODE1 5 }"],
    ["060", "1.12", "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }"],
    ["065", "1.12", "{ _ 3, QA4 1, QA2 1, QA1 1, QB2 1, QB1 1 }"],
    ["070", "1.12", "{ V 1, G 1, L 1, _ 1, MODE3A 12 octal }"],
    ["080", "1.12", "{ _ 4, QA4 1, QA2 1, QA1 1, QB4 1, QB2 1, QB1 1, QC4 1, QC2 1, QC1 1, QD4 1, QD2 1, QD1 1 }"],
    [
      "085",
      "1.12",
      'compound { SUM { M5 1, ID 1, DA 1, M1 1, M2 1, M3 1, MC 1, _ 1 }, PMN { _ 2, PIN 14, _ 3, NAT 5, _ 2, MIS 6 }, POS { LAT 24 s180/8388608 "°" >=-90 <=90, LON 24 s180/8388608 "°" >=-180 <180 }, GA { _ 1, RES 1, GA 14 s25 "ft" >=-1000 }, EM1 { V 1, G 1, L 1, _ 1, EM1 12 octal }, TOS 8 s1/128 "s", XP { _ 3, X5 1, XC 1, X3 1, X2 1, X1 1 } }',
    ],
    ["090", "1.12", '{ V 1, G 1, FL 14 s1/4 "FL" }'],
    [
      "100",
      "1.12",
      "{ V 1, G 1, _ 2, MODEC 12, _ 4, QC1 1, QA1 1, QC2 1, QA2 1, QC4 1, QA4 1, QB1 1, QD1 1, QB2 1, QD2 1, QB4 1, QD4 1 }",
    ],
    ["110", "1.12", '{ _ 2, 3DH 14 s25 "ft" }'],
    [
      "120",
      "1.12",
      'compound { CAL { D 1, _ 5, CAL 10 s1 "m/s" }, RDS repeat 1 { DOP 16 u1 "m/s", AMB 16 u1 "m/s", FRQ 16 u1 "MHz" } }',
    ],
    [
      "130",
      "1.12",
      'compound { SRL 8 u360/8192 "°", SRR 8 u, SAM 8 s1 "dBm", PRL 8 u360/8192 "°", PAM 8 s1 "dBm", RPD 8 s1/256 "NM", APD 8 s360/16384 "°" }',
    ],
    ["140", "1.12", '24 u1/128 "s" <86400'],
    ["161", "1.12", "{ _ 4, TN 12 }"],
    ["170", "1.12", "extended { CNF 1, RAD 2, DOU 1, MAH 1, CDM 2 | TRE 1, GHO 1, SUP 1, TCC 1, _ 3 | }"],
    ["200", "1.12", '{ GSP 16 u1/16384 "NM/s", HDG 16 u360/65536 "°" }'],
    ["210", "1.12", '{ SIGX 8 u1/128 "NM", SIGY 8 u1/128 "NM", SIGV 8 u1/16384 "NM/s", SIGH 8 u360/4096 "°" }'],
    ["220", "1.12", "24"],
    ["230", "1.12", "{ COM 3, STAT 3, SI 1, _ 1, MSSC 1, ARC 1, AIC 1, B1A 1, B1B 4 }"],
    ["240", "1.12", "48 icao"],
    ["250", "1.12", "repeat 1 { MBDATA 56, BDS1 4, BDS2 4 }"],
    ["260", "1.12", "56"],
    ["400", "1.12", "{ PRI 1, RN 15 }"],
    ["410", "1.12", "8 ?0-8"],
    [
      "415",
      "1.12",
      "compound { -, -, -, -, -, RIM { _ 7, LO 1, MSPROB 3 ?0-4, M5FORMAT 5, M4CS 2 ?0-2, M5S 1, SM5S 1, SM54 1, SM5C 1, SM53 1, SM52 1, SM51 1, _ 1, M5 1, RCMA 1, RCMC 1, CMC 1, CM3A 1, MS 1, M4S 1, SMC 1, SM3A 1, SM2 1, SM1 1, MCO 1, M3O 1, MCS 1, M3S 1, MD 1, MC 1, MB 1, M4 1, M3A 1, M2 1, M1 1 }, MIPT 8 }",
    ],
    ["420", "1.12", '{ RS 16 u1/256 "NM" <256, RE 16 u1/256 "NM" <256, TS 16 u360/65536 "°", TE 16 u360/65536 "°" }'],
    ["440", "1.12", "repeat 1 { BDS1 4, BDS2 4 }"],
    [
      "450",
      "1.12",
      "compound { TR { _ 4, N 1, T 1, A 1, C 1 }, M4 8, M5 8, MS { _ 6, LO 2 ?0-2, NB 8 }, MX 8, SMS 8 }",
    ],
    ["REF", "1.12", "explicit re"],
    ["SPF", "1.12", "explicit sp"],
  ],
  expansions: [],
};
