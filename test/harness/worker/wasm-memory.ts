// Counts the WASM memories that are alive in this isolate. Must be imported before any module instantiates.
//
// V8's own heap figures leave WASM memories out, so both ways to instantiate are wrapped and every memory that
// comes in or goes out is remembered weakly: one that was collected no longer counts.

const memories = new Set<WeakRef<WebAssembly.Memory>>();

function remember(bag: Iterable<unknown>): void {
  for (const value of bag) if (value instanceof WebAssembly.Memory) memories.add(new WeakRef(value));
}

function rememberBoth(instance: WebAssembly.Instance, imports: object | undefined): void {
  remember(Object.values(instance.exports));
  for (const room of Object.values(imports ?? {})) if (room instanceof Object) remember(Object.values(room));
}

export function wasmBytesAlive(): number {
  const buffers = new Set<ArrayBuffer>();
  for (const reference of memories) {
    const memory = reference.deref();
    if (memory) buffers.add(memory.buffer);
    else memories.delete(reference);
  }
  return Array.from(buffers).reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, [module, imports], newTarget) {
    const instance = Reflect.construct(target, [module, imports], newTarget);
    rememberBoth(instance, imports);
    return instance;
  },
});

const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
  const instance = await instantiate(module, imports);
  rememberBoth(instance, imports);
  return instance;
};

Object.assign(globalThis, { wasmBytesAlive });
