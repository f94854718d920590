/** The directions of docs/architecture.md: doors -> features -> storage contract; nobody but main, testkit, bench and conformance knows a driver. */
const test = "\\.test\\.tsx?$";
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "domain-imports-zod-only", severity: "error", from: { path: "^domain/", pathNot: test }, to: { pathNot: "^domain/|node_modules/zod" } },
    { name: "storage-stands-alone", severity: "error", from: { path: "^storage/", pathNot: test }, to: { path: "^(app|domain|server|testkit|bench)/" } },
    {
      name: "hbase-client-stands-alone",
      severity: "error",
      from: { path: "^storage/hbase/", pathNot: test },
      to: { pathNot: "^storage/hbase/", dependencyTypesNot: ["core"] },
    },
    {
      name: "drivers-are-known-to-few",
      severity: "error",
      from: { pathNot: `^storage/|^server/(main|stores)\\.ts$|^testkit/|^bench/|^scripts/|${test}` },
      to: { path: "^storage/[^/]+/drivers/" },
    },
    {
      name: "one-driver-knows-no-other",
      severity: "error",
      from: { path: "^storage/([^/]+)/drivers/([^/]+)/", pathNot: test },
      to: { path: "^storage/([^/]+)/drivers/", pathNot: "^storage/$1/drivers/($2|local)/" },
    },
    {
      name: "screens-know-the-type-of-the-api-only",
      severity: "error",
      from: { path: "^app/", pathNot: test },
      to: { path: "^(server|storage|testkit|bench|prisma)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "screens-know-nothing-else-of-the-server",
      severity: "error",
      from: { path: "^app/", pathNot: test },
      to: { path: "^(server|storage)/", pathNot: "^server/api/router\\.ts$" },
    },
    { name: "server-knows-no-screens", severity: "error", from: { path: "^server/" }, to: { path: "^app/" } },
    {
      name: "platform-is-the-bottom",
      severity: "error",
      from: { path: "^server/platform/", pathNot: test },
      to: { path: "^server/(api|realtime|bridges|delivery|mailbox|moderation|content|people|cluster)/" },
    },
    {
      name: "people-below-content",
      severity: "error",
      from: { path: "^server/people/", pathNot: test },
      to: { path: "^server/(api|realtime|bridges|delivery|mailbox|moderation|content)/" },
    },
    {
      name: "content-below-moderation",
      severity: "error",
      from: { path: "^server/content/", pathNot: test },
      to: { path: "^server/(api|realtime|bridges|delivery|mailbox|moderation)/" },
    },
    {
      name: "mailbox-below-delivery",
      severity: "error",
      from: { path: "^server/mailbox/", pathNot: test },
      to: { path: "^server/(api|realtime|bridges|delivery)/" },
    },
    { name: "features-know-no-doors", severity: "error", from: { path: "^server/delivery/", pathNot: test }, to: { path: "^server/(api|realtime|bridges)/" } },
    { name: "doors-know-no-doors", severity: "error", from: { path: "^server/(bridges|api)/", pathNot: test }, to: { path: "^server/realtime/" } },
    {
      name: "tests-stay-out",
      severity: "error",
      from: { path: "^(app|domain|server|storage)/", pathNot: `${test}|/conformance/` },
      to: { path: "^(testkit|bench|e2e)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(node_modules|\\.next|dist)|^server/generated/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
