/* base: what every other folder stands on. It knows nothing of models.
 *
 *   context   one run of the library; owns all memory; fatal ends by longjmp; pages: large blocks
 *   vectors   growable arrays owned by the context
 *   lookups   numbers of interned things by their hash
 *   lists     interned lists of numbers
 *   arcs      things by their keys; strongly connected components; heap: the least at hand
 *   segments  which of many ranges of numbers meet one
 *   names     interned strings: equal text, equal number
 *   text      growable output text; spool: long ones, that leave memory
 *   sources   files and strings as read, spans within them
 *   diag      errors and warnings as data; sorted and printed once
 *   unicode   identifiers (UAX #31), normalisation (NFC), transliteration
 */
#ifndef BPGEN_BASE_H
#define BPGEN_BASE_H

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#if defined(__GNUC__)
#define BP_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define BP_PREFETCH(address) __builtin_prefetch(address)
#else
#define BP_PRINTF(fmt, args)
#define BP_PREFETCH(address) ((void)(address))
#endif

/* What debug builds (-DBPGEN_VERIFY) look at, too often for others. */
#ifdef BPGEN_VERIFY
#define BP_VERIFY(condition) assert(condition)
#else
#define BP_VERIFY(condition) ((void)0)
#endif

/* ---- context ---------------------------------------------------------------------------- */

typedef struct Ctx Ctx;
typedef struct Block Block;

/* Exit statuses, as the manual documents them. */
enum { STATUS_DONE = 0, STATUS_MODEL = 1, STATUS_USAGE = 2, STATUS_SYSTEM = 3 };

/* A new context, or NULL if there is no memory for one. Free with ctx_free. */
Ctx *ctx_new(void);

/* Frees the context and every block, name, source and message that it owns. */
void ctx_free(Ctx *ctx);

/* Where ctx_fatal goes: the caller's jmp_buf, set by setjmp before any work in this context.
 * setjmp returns the status (never 0) when it is taken. */
void ctx_catch(Ctx *ctx, jmp_buf *where);

/* Ends the run: keeps the message (printf style, one sentence without a newline; ctx_message
 * returns it) and jumps to ctx_catch's buffer with `status`. Without a buffer it aborts. */
_Noreturn void ctx_fatal(Ctx *ctx, int status, const char *fmt, ...) BP_PRINTF(3, 4);

/* The message of the last ctx_fatal; "" if there was none. */
const char *ctx_message(const Ctx *ctx);

/* `size` bytes, zeroed, that live as long as the context. Out of memory: ctx_fatal. */
void *ctx_alloc(Ctx *ctx, size_t size);

/* Grows or moves a block obtained from ctx_resize (NULL: a new one) to `size` bytes; what is
 * added is not zeroed; size 0 frees it and returns NULL. Out of memory: ctx_fatal. */
void *ctx_resize(Ctx *ctx, void *block, size_t size);

/* Blocks from this size on are worth a mapping, and pages, of their own. */
enum { LARGE_BLOCK = 1 << 20 };

/* Lets the system put large pages under a block of `size` bytes from malloc or realloc. Changes
 * nothing but the time; does nothing for blocks below LARGE_BLOCK. */
void pages_advise(void *block, size_t size);

/* A copy of `length` bytes with a 0 behind them, living as long as the context. */
char *ctx_copy(Ctx *ctx, const char *bytes, size_t length);

/* Registers `clean(object)` to be called by ctx_free, last registered first. */
void ctx_at_free(Ctx *ctx, void (*clean)(void *), void *object);

/* Where a part of base keeps its state in a context: NULL until that part first sets it. */
typedef enum CtxSlot { SLOT_NAMES, SLOT_SOURCES, SLOT_DIAG, SLOT_COUNT } CtxSlot;
void **ctx_slot(const Ctx *ctx, CtxSlot slot);

/* ---- vectors ---------------------------------------------------------------------------- */

/* A growable array: VEC(int) v = {0}; *vec_push(ctx, &v) = 3; v.at[i]; v.count; vec_free.
 * Elements move when it grows: hold indices, not pointers. */
#define VEC(T) struct { T *at; uint32_t count; uint32_t room; }

#define vec_push(ctx, v) \
    ((v)->at = (v)->count < (v)->room \
                   ? (v)->at \
                   : vec_room((ctx), (v)->at, (v)->count, &(v)->room, sizeof *(v)->at), \
     &(v)->at[(v)->count++])

#define vec_free(ctx, v) \
    ((v)->at = ctx_resize((ctx), (v)->at, 0), (v)->count = 0, (v)->room = 0)

/* For vec_push: makes room for more elements and returns where the array now is. */
void *vec_room(Ctx *ctx, void *at, uint32_t count, uint32_t *room, size_t size);

/* An array of `count` elements of `size` bytes, zeroed; give it back with ctx_resize(.., 0). */
void *array_new(Ctx *ctx, size_t count, size_t size);

typedef VEC(uint32_t) U32Vec;

/* Gives back the room that a list has no use for if it hardly grows any more. */
#define vec_fit(CTX, V)                                                                            \
    ((V)->at = vec_fitted((CTX), (V)->at, (V)->count, &(V)->room, sizeof *(V)->at))
void *vec_fitted(Ctx *ctx, void *at, uint32_t count, uint32_t *room, size_t size);

/* Sorts what is in a list from a place on: ascending. */
void vec_sort(U32Vec *v, uint32_t from);

/* Makes an empty list one of `count` zeros: no longer than that, for it will not grow. */
void vec_zeros(Ctx *ctx, U32Vec *v, uint32_t count);

/* ---- lookups ---------------------------------------------------------------------------- */

/* Numbers 1, 2, 3, ... of things that are told apart by their contents; zeroed: none. */
typedef struct Lookup {
    uint32_t *slots; /* a number and bits of its hash each; 0 is free */
    uint32_t mask;   /* how many, a power of two, less 1 */
} Lookup;

/* The hash of a thing: the lower half is of its contents. The upper half, if it is not 0, is a
 * number that things have like those of about the same time, as what they were made of: these are
 * then near each other in memory. */
typedef uint64_t LookupKey;
typedef LookupKey LookupHash(const void *with, uint32_t number);

/* A line of the cache, and how many things there are to one, or twice as many. */
enum { LOOKUP_LINE = 16, LOOKUP_SHARE = 6 };

/* A look-up under way. */
typedef struct LookupTry {
    LookupKey key;
    uint32_t line;  /* the first slot of the line, over all lines that a table could have */
    uint32_t tried; /* how many slots were looked into */
    uint32_t slot;  /* the last one of these */
} LookupTry;

static inline LookupTry lookup_try(LookupKey key)
{
    const uint32_t near = (uint32_t)(key >> 32);
    const uint32_t line = near ? near / LOOKUP_SHARE : (uint32_t)key / LOOKUP_LINE;
    return (LookupTry){key, line * LOOKUP_LINE, 0, 0};
}

/* What is in the next slot: those of one line and of its neighbour first, then all, in strides that
 * the hash says, for whole regions of lines can be full. */
static inline uint32_t lookup_next(const Lookup *t, LookupTry *at)
{
    const uint32_t hash = (uint32_t)at->key, k = at->tried++;
    if (k < 2 * LOOKUP_LINE)
        at->slot = ((at->line ^ (k & LOOKUP_LINE)) + (hash + k) % LOOKUP_LINE) & t->mask;
    else
        at->slot = (hash + k * (hash >> 8 | 1)) & t->mask;
    return t->slots[at->slot];
}

/* The next number that may have this hash; 0 if there is no more. */
static inline uint32_t lookup_find(const Lookup *t, LookupTry *at)
{
    while (t->slots) {
        const uint32_t slot = lookup_next(t, at);
        if (!slot)
            break;
        if (!((slot ^ (uint32_t)at->key) & ~t->mask))
            return slot & t->mask;
    }
    return 0;
}

/* Enters the number that is one more than the last, where a look-up has found nothing. */
void lookup_enter(Ctx *ctx, Lookup *t, uint32_t number, const LookupTry *at, LookupHash *key_of,
                  const void *with);

/* Takes out the last number, which has this hash. */
void lookup_remove(Lookup *t, uint32_t number, LookupKey key);

/* Makes room for the numbers up to `most`, of which those up to `count` are in it. */
void lookup_expect(Ctx *ctx, Lookup *t, uint32_t count, uint32_t most, LookupHash *key_of,
                   const void *with);

/* Takes all out, and gives the slots back. */
void lookup_forget(Ctx *ctx, Lookup *t);

/* Makes it a table of the numbers 1 to `count`. */
void lookup_renew(Ctx *ctx, Lookup *t, uint32_t count, LookupHash *key_of, const void *with);

/* A hash of what has the hash `h` and a word. */
static inline uint32_t hash_mix(uint32_t h, uint32_t x)
{
    h = (h ^ x) * 0x9e3779b1u;
    return h ^ (h >> 15);
}

/* ---- lists ------------------------------------------------------------------------------ */

typedef struct ListRun {
    uint32_t start, count; /* of the items */
} ListRun;

/* Lists of numbers: equal ones are one number, 0 is the empty one. lists_begin before all else. */
typedef struct Lists {
    U32Vec items;      /* of all lists */
    VEC(ListRun) runs; /* a list each */
    Lookup table;
} Lists;

void lists_begin(Ctx *ctx, Lists *l);
uint32_t lists_put(Ctx *ctx, Lists *l, const uint32_t *items, uint32_t count);

static inline uint32_t lists_size(const Lists *l, uint32_t list)
{
    BP_VERIFY(list < l->runs.count);
    return l->runs.at[list].count;
}

static inline uint32_t lists_item(const Lists *l, uint32_t list, uint32_t i)
{
    BP_VERIFY(i < lists_size(l, list));
    return l->items.at[l->runs.at[list].start + i];
}

/* ---- arcs ------------------------------------------------------------------------------- */

/* Things 0, 1, 2, ... by their keys: those of key k are items[start[k]] up to below
 * items[start[k + 1]], ascending. Give it back with groups_free. */
typedef struct Groups {
    uint32_t *start, *items;
} Groups;

/* Keys are below key_count; things of other keys are in no group. */
Groups groups_new(Ctx *ctx, const uint32_t *keys, uint32_t count, uint32_t key_count);
void groups_free(Ctx *ctx, Groups *g);

/* From one vertex of a graph to another; vertices are 0, 1, 2, ... */
typedef struct Arc {
    uint32_t from, to;
} Arc;

typedef VEC(Arc) ArcVec;

/* The arcs that leave each of `count` vertices. */
Groups arcs_by_from(Ctx *ctx, const ArcVec *arcs, uint32_t count);

/* Gives each of `count` vertices the number of its strongly connected component, from 0 in the
 * order of their first vertices; returns how many there are. Takes time in vertices and arcs. */
uint32_t arcs_components(Ctx *ctx, const ArcVec *arcs, uint32_t count, uint32_t *component);

/* A list as a heap: adds a number; takes the least out, of one at least. */
void heap_push(Ctx *ctx, U32Vec *heap, uint32_t value);
uint32_t heap_pop(U32Vec *heap);

/* ---- segments --------------------------------------------------------------------------- */

/* From a number up to below another one. */
typedef struct Segment {
    long start, end;
} Segment;

/* Segments 0, 1, 2, ..., of which some are entered. */
typedef struct Segments {
    const Segment *all; /* of who made it */
    uint32_t count;   /* of them */
    uint32_t starts;  /* how many different ones they have */
    uint32_t *order;  /* by their starts */
    uint32_t *place;  /* of each in that order */
    uint32_t leaves;  /* of the tree: places, and more up to a power of two */
    long *ends;       /* the tree, its root at 1: the greatest end of what is entered */
} Segments;

/* `all` must outlive it. None is entered yet. Give it back with segments_free. */
Segments segments_new(Ctx *ctx, const Segment *all, uint32_t count);
void segments_enter(Segments *r, uint32_t number);

/* Appends, ascending, which of those entered have a number in common with this one: none of the two
 * ends where the other begins, or before. */
void segments_meeting(Ctx *ctx, const Segments *r, uint32_t number, U32Vec *found);
void segments_free(Ctx *ctx, Segments *r);

/* ---- names ------------------------------------------------------------------------------ */

typedef uint32_t Name; /* 0 is no name */

/* The number of this text (made if new). `name_of` takes a C string. */
Name name_intern(Ctx *ctx, const char *text, size_t length);
Name name_of(Ctx *ctx, const char *text);

/* The text of a name, 0 behind it; "" for 0. */
const char *name_text(const Ctx *ctx, Name name);

/* Of `count` candidates the one nearest to `name` by edit distance (Damerau, restricted), if
 * it is near enough to be a slip of the pen; else 0. */
Name name_nearest(Ctx *ctx, Name name, const Name *candidates, size_t count);

/* ---- text ------------------------------------------------------------------------------- */

typedef struct Text {
    Ctx *ctx;    /* who owns the bytes */
    char *at;    /* the bytes, always with a 0 behind them once anything was put */
    size_t len;  /* how many, without the 0 */
    size_t room; /* how many fit */
    struct Spooled *spooled; /* spool.c's: what comes before them and has left memory; or NULL */
} Text;

/* An empty text; text_free gives its bytes back before the context ends. */
Text text_new(Ctx *ctx);
void text_free(Text *text);

/* Makes room for `more` bytes and the 0 behind them: always, and only where there is too little. */
void text_grow(Text *text, size_t more);

static inline void text_reserve(Text *text, size_t more)
{
    if (text->room - text->len <= more)
        text_grow(text, more);
}

static inline void text_char(Text *text, char c)
{
    text_reserve(text, 1);
    text->at[text->len++] = c;
    text->at[text->len] = 0;
}

void text_bytes(Text *text, const char *bytes, size_t length);

static inline void text_put(Text *text, const char *string)
{
    text_bytes(text, string, strlen(string));
}

void text_spaces(Text *text, size_t count);
void text_number(Text *text, unsigned long number);

/* Puts `string` at a place within the text (up to its length), before what is there. */
void text_insert(Text *text, size_t place, const char *string);
void text_printf(Text *text, const char *fmt, ...) BP_PRINTF(2, 3);
void text_vprintf(Text *text, const char *fmt, va_list args);

/* Puts `string` as the contents of a JSON string (RFC 8259), quotes included. */
void text_json(Text *text, const char *string);
void text_json_bytes(Text *text, const char *bytes, size_t length);

/* ---- long texts ------------------------------------------------------------------------- */

typedef struct Spooled Spooled;

/* From now on what is settled of the text may leave memory, for a temporary file. */
void text_spool(Text *text);

/* What has the text's first `length` bytes in memory stays as it is. If they leave memory, those
 * behind them are the first. */
void text_settle(Text *text, size_t length);

/* How long the text is, with what has left memory: the place of what is put next. */
uint64_t text_length(const Text *text);

/* An empty text, to be put at a place of this one: `aside` goes there, and is free. */
Text text_aside(const Text *text);
void text_join(Text *text, uint64_t place, Text *aside);

/* Calls `take` for one run of bytes after the other of the whole text. False if that returned
 * false, or if the next run cannot be read (errno says why). */
typedef bool TextTake(void *with, const char *bytes, size_t length);
bool text_each(const Text *text, TextTake *take, void *with);

/* ---- sources ---------------------------------------------------------------------------- */

/* Places are offsets into all sources of a context laid end to end, so that a span names its
 * file, too. */
typedef struct Span {
    uint32_t start; /* the first byte */
    uint32_t end;   /* the byte behind the last; start == end is a point */
} Span;

typedef struct Source {
    const char *name;   /* as messages show it */
    const char *bytes;  /* the contents, a 0 behind them */
    uint32_t length;    /* of the contents */
    uint32_t base;      /* the place of its first byte */
    bool file;          /* read from a file of that name */
    bool option;        /* an option's value, from the command line */
    uint32_t depth;     /* how many sources it is included through */
    const struct Source *includer; /* the source that includes it; NULL if none does */
    Span included;      /* where */
} Source;

typedef struct Place {
    const Source *source; /* where it is */
    uint32_t line;        /* from 1 */
    uint32_t column;      /* from 1, counted in code points */
} Place;

/* Reads a whole file ("-" is the standard input) and returns its number, from 0. What is no text
 * is not read on to its end: reading stops soon behind a byte 0.
 * Cannot be read, a directory, 1 GiB or more: ctx_fatal with STATUS_SYSTEM. */
uint32_t source_read(Ctx *ctx, const char *path);

/* What became of a file to be included. */
typedef enum SourceInclude {
    INCLUDE_READ,   /* here it is */
    INCLUDE_KNOWN,  /* it was read before: there is nothing to be done */
    INCLUDE_FAILED  /* an error was reported */
} SourceInclude;

/* Reads the file that the text at `span` includes, from the folder of that text (the current
 * one, where that was no file). It is an error to include a file within itself. */
SourceInclude source_include(Ctx *ctx, Span span, const char *path, uint32_t *number);

/* From now on nothing may be included; or only what is in this folder or in one below it, wherever
 * links lead. A folder that cannot be read is ctx_fatal with STATUS_SYSTEM. */
void source_include_none(Ctx *ctx);
void source_include_root(Ctx *ctx, const char *folder);

/* Is this a regular file that was read? */
struct stat;
bool source_was_read(const Ctx *ctx, const struct stat *file);

/* How many sources there are. */
uint32_t source_count(const Ctx *ctx);

/* The same for the value of an option, which is copied; `name` is what messages call it. */
uint32_t source_string(Ctx *ctx, const char *name, const char *bytes, size_t length);

const Source *source_at(const Ctx *ctx, uint32_t number);

/* The source that a place is in; one without bytes for nowhere. */
const Source *source_of(const Ctx *ctx, uint32_t place);

/* The line and column of a place. */
Place source_place(const Ctx *ctx, uint32_t place);

/* The text of a span: a pointer into its source, and its length. */
const char *source_text(const Ctx *ctx, Span span, size_t *length);

/* ---- diag ------------------------------------------------------------------------------- */

typedef enum DiagLevel { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } DiagLevel;

/* A row of messages.def. */
typedef struct DiagKind {
    const char *name;  /* its id */
    DiagLevel level;   /* DIAG_ERROR or DIAG_WARNING */
    bool on;           /* of a warning: is it on by default? */
    const char *about; /* what it is about, in the manual's words */
} DiagKind;

/* The kinds, from 0; NULL behind the last. */
const DiagKind *diag_kind(uint32_t number);

/* What is wanted of warnings. The text behind -W: NAME, no-NAME, all, error, error=NAME,
 * no-error=NAME; what speaks of one kind outdoes what speaks of all. A name that is none is
 * ctx_fatal with STATUS_USAGE. diag_silence: there are no warnings at all. */
void diag_option(Ctx *ctx, const char *option);
void diag_silence(Ctx *ctx);

/* Is this warning on? To be asked where finding out what it is about takes time. */
bool diag_wanted(Ctx *ctx, const char *id);

/* Keeps no more than so many errors and so many warnings, and counts the rest; 0 is no limit. */
void diag_limit(Ctx *ctx, uint32_t most);

/* Notes an error or a warning. `id` is a name of messages.def; the sentence says what was expected
 * and what was seen. diag_hint adds to the newest one what to do. */
void diag_error(Ctx *ctx, Span span, const char *id, const char *fmt, ...) BP_PRINTF(4, 5);
void diag_warning(Ctx *ctx, Span span, const char *id, const char *fmt, ...) BP_PRINTF(4, 5);
void diag_hint(Ctx *ctx, const char *fmt, ...) BP_PRINTF(2, 3);

/* Is the newest message kept? If not, no hint need be looked for. */
bool diag_kept(const Ctx *ctx);

/* Adds to the newest message a second place with a sentence of its own. */
void diag_note(Ctx *ctx, Span span, const char *fmt, ...) BP_PRINTF(3, 4);

/* The newest error is no fault of the model's: the system failed, or a limit was reached. */
void diag_system(Ctx *ctx);

/* Ends the run, as ctx_fatal does, because of errors that are noted; its message is empty. */
_Noreturn void diag_stop(Ctx *ctx);

/* How many errors so far; warnings that an option made errors are none of them. */
uint32_t diag_errors(const Ctx *ctx);

/* The exit status that errors, and warnings that are errors, ask for: STATUS_DONE, STATUS_SYSTEM,
 * STATUS_USAGE if all are in options' values, else STATUS_MODEL. */
int diag_status(const Ctx *ctx);

/* Messages as they are kept: heads, each with the hints and notes behind it. */
typedef struct DiagMessage {
    DiagLevel level;  /* DIAG_NOTE: belongs to the head before it */
    bool warning;     /* of a head: a warning, whatever its level is made */
    bool hint;        /* a note without a place */
    Span span;        /* where */
    const char *id;   /* of a head */
    const char *text; /* the sentence */
} DiagMessage;

/* A message, NULL behind the last; the numbers of the heads in the order of reading: what is in an
 * included file stands where that is included. */
const DiagMessage *diag_message(Ctx *ctx, uint32_t number);
void diag_sort(Ctx *ctx, U32Vec *order);

/* How many errors and warnings were not kept; the same as a sentence, NULL if there are none. */
void diag_dropped(const Ctx *ctx, uint32_t *errors, uint32_t *warnings);
const char *diag_more(Ctx *ctx);

/* ---- diag as text, as SARIF --------------------------------------------------------------- */

/* Writes all messages in the order of reading, each as `file:line:column: error: sentence [id]`,
 * the source line and a caret, and its hint. Before those of an included file stands what
 * includes it. */
void diag_print(Ctx *ctx, Text *out, bool colour);

/* Puts text with what is hidden in it, or no UTF-8, made visible: <U+202E>, <FF>. */
void diag_harmless(Text *out, const char *string);

/* Writes a sentence that may hold names of files so that no terminal takes harm; allocates
 * nothing. */
void diag_put(FILE *file, const char *sentence);

/* How a run ended. */
typedef struct SarifRun {
    const char *version; /* of the tool */
    int status;          /* the exit status */
    const char *fatal;   /* what ended it before its time; NULL */
} SarifRun;

/* Writes all messages as a log in SARIF 2.1.0. */
void sarif_put(Ctx *ctx, const SarifRun *run, Text *out);

/* ---- unicode ---------------------------------------------------------------------------- */

/* The length in bytes of the code point at `at` (before `end`) and its value; 0 if the bytes
 * there are no valid UTF-8. */
int utf8_decode(const char *at, const char *end, uint32_t *point);

/* Is it a control character, or does it show as nothing, or turn the direction of writing? */
bool utf8_is_hidden(uint32_t point);

/* May it begin, may it go on in an identifier (UAX #31: XID_Start or '_', XID_Continue; without
 * those that are hidden)? */
bool utf8_starts_name(uint32_t point);
bool utf8_continues_name(uint32_t point);

/* The identifier in Unicode normal form C, interned. */
Name utf8_normalise(Ctx *ctx, const char *text, size_t length);

/* Puts an ASCII C identifier that a reader can recognise: Greek letters by their names
 * (`theta`), Latin letters without their accents, anything else as u and its code point in
 * hexadecimal, escapes set apart by '_'. */
void utf8_transliterate(Text *out, const char *text);

#endif
