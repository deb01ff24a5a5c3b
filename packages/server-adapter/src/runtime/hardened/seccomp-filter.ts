/**
 * System calls that a guest has no use for once it runs: the network, other processes, and the parts of a kernel in which holes are
 * found. The numbers are those of `asm/unistd.h`; arm64 has them from the generic table.
 */
const DENIED = {
  x64: {
    ...{ socket: 41, connect: 42, accept: 43, bind: 49, listen: 50, accept4: 288 },
    ...{ ptrace: 101, process_vm_readv: 310, process_vm_writev: 311, kcmp: 312, pidfd_getfd: 438 },
    ...{
      mount: 165,
      umount2: 166,
      pivot_root: 155,
      chroot: 161,
      move_mount: 429,
      open_tree: 428,
      fsopen: 430,
      fsmount: 432,
    },
    ...{
      unshare: 272,
      setns: 308,
      bpf: 321,
      perf_event_open: 298,
      userfaultfd: 323,
      kexec_load: 246,
      kexec_file_load: 320,
    },
    ...{ init_module: 175, finit_module: 313, delete_module: 176, add_key: 248, request_key: 249, keyctl: 250 },
    ...{
      io_uring_setup: 425,
      io_uring_enter: 426,
      io_uring_register: 427,
      open_by_handle_at: 304,
      name_to_handle_at: 303,
    },
    ...{ reboot: 169, swapon: 167, swapoff: 168, settimeofday: 164, clock_settime: 227, acct: 163, quotactl: 179 },
  },
  arm64: {
    ...{ socket: 198, connect: 203, accept: 202, bind: 200, listen: 201, accept4: 242 },
    ...{ ptrace: 117, process_vm_readv: 270, process_vm_writev: 271, kcmp: 272, pidfd_getfd: 438 },
    ...{
      mount: 40,
      umount2: 39,
      pivot_root: 41,
      chroot: 51,
      move_mount: 429,
      open_tree: 428,
      fsopen: 430,
      fsmount: 432,
    },
    ...{
      unshare: 97,
      setns: 268,
      bpf: 280,
      perf_event_open: 241,
      userfaultfd: 282,
      kexec_load: 104,
      kexec_file_load: 294,
    },
    ...{ init_module: 105, finit_module: 273, delete_module: 106, add_key: 217, request_key: 218, keyctl: 219 },
    ...{
      io_uring_setup: 425,
      io_uring_enter: 426,
      io_uring_register: 427,
      open_by_handle_at: 265,
      name_to_handle_at: 264,
    },
    ...{ reboot: 142, swapon: 224, swapoff: 225, settimeofday: 170, clock_settime: 112, acct: 89, quotactl: 60 },
  },
} as const

/** `AUDIT_ARCH_...` of `linux/audit.h`. */
const ARCHITECTURE = { x64: 0xc000003e, arm64: 0xc00000b7 } as const

const LOAD_WORD = 0x20
const JUMP_IF_EQUAL = 0x15
const JUMP_IF_AT_LEAST = 0x35
const RETURN = 0x06
const ALLOW = 0x7fff0000
const KILL_PROCESS = 0x80000000
/** `SECCOMP_RET_ERRNO` with EPERM. */
const REFUSE = 0x00050001
/** Where `struct seccomp_data` has them. */
const AT_NUMBER = 0
const AT_ARCHITECTURE = 4
/** Calls of the x32 table of x64 carry this bit, and would pass by numbers. */
const X32_BIT = 0x40000000

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]

/** The filter of this architecture as a program of the kernel's classic BPF; undefined for an architecture without a table. */
export const seccompFilter = (architecture: string = process.arch): Uint8Array | undefined => {
  if (architecture !== 'x64' && architecture !== 'arm64') return undefined
  const numbers = Object.values(DENIED[architecture])
  const program: Instruction[] = [
    [LOAD_WORD, 0, 0, AT_ARCHITECTURE],
    [JUMP_IF_EQUAL, 1, 0, ARCHITECTURE[architecture]],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD_WORD, 0, 0, AT_NUMBER],
    [JUMP_IF_AT_LEAST, numbers.length + 1, 0, X32_BIT],
    // Each jumps over those that are left, and over ALLOW.
    ...numbers.map((number, index): Instruction => [JUMP_IF_EQUAL, numbers.length - index, 0, number]),
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, REFUSE],
  ]
  const bytes = new DataView(new ArrayBuffer(program.length * 8))
  for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
    bytes.setUint16(index * 8, code, true)
    bytes.setUint8(index * 8 + 2, ifTrue)
    bytes.setUint8(index * 8 + 3, ifFalse)
    bytes.setUint32(index * 8 + 4, operand, true)
  }
  return new Uint8Array(bytes.buffer)
}
