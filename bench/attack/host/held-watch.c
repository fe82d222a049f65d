/*
 * Looks once a millisecond, from inside of workerd, at what the process holds: its own memory less what malloc keeps of what was given back.
 * Loaded by LD_PRELOAD; writes to the file "$HELD_WATCH_FOLDER/<pid>", and ends the process where it holds more than the file allows.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Of tcmalloc: a figure by its name. */
typedef _Bool (*figure_by_name)(const char *name, size_t length, size_t *value);

struct watched {
  int64_t held, peak, most, looks;
};

static figure_by_name figure_of;
static volatile struct watched *watched;

static int64_t figure(const char *name) {
  size_t value = 0;
  figure_of(name, strlen(name), &value);
  return value;
}

static void *watch(void *nothing) {
  int statm = open("/proc/self/statm", O_RDONLY);
  long page = sysconf(_SC_PAGESIZE);
  for (;; usleep(1000)) {
    char text[128] = {0};
    long size, resident, shared;
    if (pread(statm, text, sizeof text - 1, 0) <= 0) continue;
    if (sscanf(text, "%ld %ld %ld", &size, &resident, &shared) != 3) continue;
    int64_t used = figure("generic.current_allocated_bytes");
    int64_t taken = figure("generic.physical_memory_used");
    int64_t held = (int64_t)(resident - shared) * page - (taken - used);
    watched->held = held;
    if (held > watched->peak) watched->peak = held;
    watched->looks++;
    if (watched->most > 0 && held > watched->most) {
      dprintf(2, "out of memory: %lld MB more than may be held\n", (long long)(held - watched->most) / 1000000);
      _exit(137);
    }
  }
  return nothing;
}

/* Where the program lies, and in it the function that is not exported. */
static uintptr_t address(const char *program, const char *offset) {
  FILE *maps = fopen("/proc/self/maps", "r");
  char line[4096];
  unsigned long base = 0;
  while (maps && !base && fgets(line, sizeof line, maps))
    if (strstr(line, program)) sscanf(line, "%lx", &base);
  if (maps) fclose(maps);
  return base ? base + strtoul(offset, NULL, 16) : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("HELD_WATCH_FOLDER"), *offset = getenv("HELD_WATCH_OFFSET");
  char program[4096] = {0}, path[4096];
  if (!folder || !offset || readlink("/proc/self/exe", program, sizeof program - 1) < 0) return;
  figure_of = (figure_by_name)address(program, offset);
  snprintf(path, sizeof path, "%s/%d", folder, getpid());
  int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (!figure_of || file < 0 || ftruncate(file, sizeof *watched) != 0) return;
  watched = mmap(NULL, sizeof *watched, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  pthread_t thread;
  if (watched != MAP_FAILED) pthread_create(&thread, NULL, watch, NULL);
}
