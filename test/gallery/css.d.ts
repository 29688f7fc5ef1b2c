/** Style sheets that the gallery shows the parts in. */
declare module "*.css";
