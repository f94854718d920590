import { expect, test } from "vitest";
import { Downloads } from "./downloads";

test("files and megabytes are counted, wherever Maven's output is cut", () => {
  const downloads = new Downloads();
  downloads.read(
    "[INFO] Scanning\nDownloading from central: https://repo.example/a.jar\nDownloaded from central: https://repo.example/a.jar (7.2 MB at 9.1 MB/s)\nDownl",
  );
  downloads.read(
    "oaded from central: https://repo.example/b.pom (812 kB at 80 kB/s)\r\nDownloaded from central: https://repo.example/c.pom (900 B at 9 kB/s)\n",
  );
  expect([downloads.files, downloads.bytes]).toEqual([3, 8_012_900]);
  expect(downloads.inWords()).toBe("3 files, 8 MB");
});

test("when it fails its own first words are kept", () => {
  const downloads = new Downloads();
  expect(downloads.trouble()).toBe("It said nothing about why.");
  downloads.read("[ERROR] Failed to execute goal: Unknown host repo.example\n[ERROR] \n[ERROR] Re-run with -X\n");
  expect(downloads.trouble()).toBe("Failed to execute goal: Unknown host repo.example\nRe-run with -X");
});
