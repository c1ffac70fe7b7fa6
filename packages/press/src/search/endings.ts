/** Endings of words in general, those that a searcher types without meaning them. Names have more of their own in the lexicons. */
import type { PressLanguage } from "../text.ts";

/** Longest first: the first that fits is taken off. */
export const ENDINGS: Readonly<Record<PressLanguage, readonly string[]>> = {
  en: ["ings", "ing", "ies", "ed", "es", "s"],
  tr: [
    ..."lerinden lerinde lerine lerini larından larında larına larını lardan larda ların lerden lerde lerin".split(" "),
    ..."ındaki indeki undaki ündeki sından sinden sında sinde ından inden undan ünden ında inde unda ünde".split(" "),
    ..."ları leri sına sine sını sini nın nin nun nün lar ler dan den tan ten ını ini unu ünü".split(" "),
    ..."ın in un ün da de ta te yı yi yu yü ya ye sı si su sü ı i u ü a e".split(" "),
  ],
  az: [
    ..."larından lərindən larında lərində larına lərinə larını lərini lardan lərdən larda lərdə ların lərin".split(" "),
    ..."sından sindən sında sində ından indən undan ündən ında ində unda ündə".split(" "),
    ..."ları ləri sına sinə sını sini nın nin nun nün lar lər dan dən ını ini unu ünü".split(" "),
    ..."ın in un ün da də nı ni nu nü ya yə sı si su sü ı i u ü a ə".split(" "),
  ],
  ru: [
    ..."иями ениями ениях ениям остями ениями ского скому ским ских ская ской скую ский ское ские ском".split(" "),
    ..."ами ями ого ему ому его ыми ими иях ией ение ения ению ений ать ять ить ешь ает яет али или ала ило".split(" "),
    ..."ах ях ам ям ов ев ей ой ий ый ая яя ое ее ые ие ую юю ом ем их ых им ым ть ла ло ли".split(" "),
    ..."а я о е ы и у ю ь й".split(" "),
  ],
  hy: [
    ..."ություններին ությունների ությունները ությունների ություններ ությանը ության ությունը ություն".split(" "),
    ..."ներում ներից ներով ներին ների ները ներն ներ երում երից երով երին երի երը երն եր".split(" "),
    ..."ում ից ով ին ի ը ն".split(" "),
  ],
};
