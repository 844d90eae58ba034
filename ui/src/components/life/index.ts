export { addLifeBar, LifeBar } from "./LifeBar";
export { certificateTone, shareLeft, type Life, type LifeTone } from "./life";
export { agoWord, MINUTE, spanWord } from "./words";
