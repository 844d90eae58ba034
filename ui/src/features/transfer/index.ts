export { TransferCard } from "./TransferCard";
