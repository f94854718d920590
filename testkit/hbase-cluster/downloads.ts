const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1_000, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };
const DOWNLOADED = /Downloaded from [^ ]+: \S+ \(([\d.]+) (B|[kK]B|MB|GB)/;

/** Reads what Maven prints in batch mode: "Downloaded from central: https://... (1.2 MB at 3.4 MB/s)". */
export class Downloads {
  files = 0;
  bytes = 0;
  #rest = "";
  readonly #errors: string[] = [];

  read(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  inWords(): string {
    return `${this.files} ${this.files === 1 ? "file" : "files"}, ${Math.round(this.bytes / 1_000_000)} MB`;
  }

  /** The first lines that Maven marks as errors. */
  trouble(): string {
    return this.#errors.slice(0, 4).join("\n") || "It said nothing about why.";
  }

  #line(line: string): void {
    const [, size, unit] = DOWNLOADED.exec(line) ?? [];
    if (size !== undefined && unit !== undefined) {
      this.files += 1;
      this.bytes += Number(size) * (UNITS[unit] ?? 0);
    }
    const error = /\[ERROR\]\S* (.*\S)/.exec(line)?.[1];
    if (error !== undefined) this.#errors.push(error);
  }
}
