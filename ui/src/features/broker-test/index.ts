export { BrokerTestButton } from "./BrokerTestButton";
