export { bytesDraft, bytesText } from "./bytes";
export { MessagePropertiesFields } from "./MessagePropertiesFields";
export { OptionalNumber } from "./OptionalNumber";
export { PairsInput } from "./PairsInput";
export { countUsed, filledPairs, filledProperties, isUsed, NO_CONNECT_PROPERTIES, NO_OPTIONS, NO_PROPERTIES, notNumbers } from "./properties";
export { QosChoice } from "./QosChoice";
export { refusesQosTwo } from "./qos";
