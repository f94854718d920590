export * from "./blobs";
