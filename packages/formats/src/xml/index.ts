export { parseXml, type XmlLimits } from "./parse-xml.ts";
export { childOf, childrenOf, textOf, type XmlElement } from "./xml-element.ts";
export { escapeXml } from "./xml-text.ts";
export { parseXmlTime } from "./xml-time.ts";
