export { WorkspaceBanners } from "./Banners";
export { troubleOf, WorkspaceTrouble } from "./WorkspaceTrouble";
