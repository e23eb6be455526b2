/** Networks in CIDR notation, and whether they let in everybody. */

/** The address and prefix length of a CIDR block; `undefined` when it is none. */
interface Block {
  readonly value: bigint;
  readonly bits: number;
  readonly width: 32 | 128;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): string[] =>
    half === undefined || half === "" ? [] : half.split(":");
  const [head, tail] = [groups(halves[0]), groups(halves[1])];
  const last = (tail.length > 0 ? tail : head).pop();
  const mapped = last?.includes(".") === true ? parseIpv4(last) : undefined;
  if (last !== undefined) {
    const target = halves.length === 2 && halves[1] !== "" ? tail : head;
    if (mapped === undefined) target.push(last);
    else target.push((mapped >> 16n).toString(16), (mapped & 0xffffn).toString(16));
  }
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined;
  const all = [...head, ...new Array<string>(halves.length === 2 ? missing : 0).fill("0"), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function parseBlock(text: string): Block | undefined {
  const [address = "", length] = text.trim().split("/");
  const width = address.includes(":") ? 128 : 32;
  const value = width === 128 ? parseIpv6(address) : parseIpv4(address);
  const bits = length === undefined ? width : /^\d+$/.test(length) ? Number(length) : Number.NaN;
  if (value === undefined || !(bits >= 0 && bits <= width)) return undefined;
  const shift = BigInt(width - bits);
  return { value: (value >> shift) << shift, bits, width };
}

/** Whether one network is the whole address space, in any spelling. */
export function isEverywhere(network: string): boolean {
  return parseBlock(network)?.bits === 0;
}

/** Whether a network is another one or lies within it; a single address is a network of one. */
export function isWithin(network: string, other: string): boolean {
  const [inner, outer] = [parseBlock(network), parseBlock(other)];
  if (inner === undefined || outer === undefined) return network === other;
  const shift = BigInt(outer.width - outer.bits);
  return (
    inner.width === outer.width && inner.bits >= outer.bits && inner.value >> shift === outer.value >> shift
  );
}

/**
 * The networks of a list that together are the whole IPv4 or the whole IPv6 address space: `0.0.0.0/0`, `::/0` in any
 * spelling, or parts that add up, like `0.0.0.0/1` with `128.0.0.0/1`. Empty when they are not.
 */
export function everywhere(networks: readonly string[]): readonly string[] {
  const whole = networks.filter(isEverywhere);
  if (whole.length > 0) return whole;
  for (const width of [32, 128] as const) {
    const blocks = networks.filter((network) => parseBlock(network)?.width === width);
    if (
      coversAll(
        blocks.flatMap((network) => parseBlock(network) ?? []),
        width,
      )
    )
      return blocks;
  }
  return [];
}

/** Whether sorted blocks leave no gap. */
function coversAll(blocks: readonly Block[], width: 32 | 128): boolean {
  const size = 1n << BigInt(width);
  let next = 0n;
  for (const block of [...blocks].sort((a, b) =>
    a.value < b.value ? -1 : a.value > b.value ? 1 : a.bits - b.bits,
  )) {
    if (block.value > next) return false;
    const end = block.value + (1n << BigInt(width - block.bits));
    if (end > next) next = end;
  }
  return next >= size;
}
