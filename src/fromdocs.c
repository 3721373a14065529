/* fromdocs -- letters, mails, Word files, workbooks, web pages and archives into records, one a
 * document.
 *
 * Each file is read in a process of its own, so that a hostile or broken one ends that process
 * and not the run. The records of a reply come in the order in which its documents are dated. A
 * document that cannot be read is a record too, with the reason. */
#include "base/allocators.h"
#include "base/fail.h"
#include "base/intern.h"
#include "letters/inbox.h"
#include "letters/reader.h"
#include "letters/workers.h"
#include "package/package.h"
#include "stream/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct options {
    int each;
    bool ocr, trust;
    size_t jobs, seconds;
};

static const struct choice EACH[] = {{"folder", INBOX_FOLDER}, {"file", INBOX_FILE}, {0}};

static const struct opt OPTIONS[] = {
    {"each", 0, NULL, OPT_CHOICE(EACH), offsetof(struct options, each),
     "what a reply is: a folder, or a lone file (default); or each file by itself"},
    {"ocr", 0, NULL, OPT_FLAG, offsetof(struct options, ocr),
     "read scans and pictures by tesseract, and note that"},
    {"trust", 0, NULL, OPT_FLAG, offsetof(struct options, trust),
     "follow links that lead out of the folders named"},
    {"jobs", 'j', "N", OPT_COUNT_IN(1, 256), offsetof(struct options, jobs),
     "read N files at a time (default: one for each processor)"},
    {"timeout", 0, "SECONDS", OPT_COUNT_IN(1, 86400), offsetof(struct options, seconds),
     "give up on a file after this many seconds (default: 300)"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "fromdocs",
    .args = "[PATH...]",
    .about = "Turns folders of replies (mails, PDF, Word, workbooks, web pages, archives) into "
             "records, a JSON object a document.",
    .options = OPTIONS,
    .notes = "  fromdocs replies | extract -s foi.schema.json | normalise -s foi.schema.json",
};

/* A record of the reply that is being gathered. */
struct entry {
    int64_t time;
    size_t place, from, len; /* in the gathered text */
};

struct run {
    struct filter *f;
    const struct options *o;
    struct inbox inbox;
    struct span standard; /* what came on standard input */
    struct buf text;
    struct entry *entries;
    size_t count, cap;
    struct span reply; /* of the entries */
    size_t replies, passed_over, responses, unread;
    struct intern types, reasons;
    size_t *type_counts, *reason_counts, types_cap, reasons_cap;
};

/* What a task prints: "R TIME TYPE REASON JSON" for a record, "C PASSED RESPONSES" at its end. */
struct task {
    int out;
    struct span reply, file;
    struct buf line;
};

static void print_letter(void *data, const struct letter *l)
{
    struct task *t = data;
    bool read = l->trouble.kind == TROUBLE_NONE;
    buf_clear(&t->line);
    buf_addf(&t->line, "R %" PRId64 " %s %s ", l->time, l->type,
             read ? "-" : trouble_word(l->trouble.kind));
    letter_emit(l, t->reply, t->file, &t->line);
    buf_addc(&t->line, '\n');
    workers_print(t->out, buf_span(&t->line));
}

/* A record for a file of which nothing can be read. */
static void print_trouble(struct task *t, enum trouble_kind kind, const char *what)
{
    struct letter l;
    letter_start(&l, "unknown");
    trouble_set(&l.trouble, kind, "%s", what);
    print_letter(t, &l);
    letter_free(&l);
}

/* All of a pipe that was named, such as a shell's <(...). */
static bool take_pipe(const char *path, struct span *bytes)
{
    struct package p = {.path = path};
    struct trouble t = {0};
    struct buf all = {0};
    bool taken = package_bytes(&p, SIZE_MAX, &all, &t);
    *bytes = buf_span(&all); /* until the process ends */
    trouble_free(&t);
    return taken;
}

/* The bytes of a file, lent by the system. False if it cannot be opened. */
static bool map_file(const char *path, struct span *bytes)
{
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return take_pipe(path, bytes);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0)
        return false;
    *bytes = SPAN("");
    if (status.st_size > 0) {
        void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            return false;
        *bytes = (struct span){at, (size_t)status.st_size};
    }
    close(fd);
    return true;
}

/* In a process of its own. */
static void read_file(void *data, size_t number, int out)
{
    const struct run *r = data;
    const struct inbox_file *file = &r->inbox.files[number];
    struct task t = {.out = out, .reply = file->reply, .file = span_of(file->path)};
    struct reader reader;
    struct span bytes = r->standard;
    reader_start(&reader, print_letter, &t);
    reader.ocr = r->o->ocr;
    reader.limits.seconds = (unsigned)r->o->seconds;
    if (file->unfit)
        print_trouble(&t, TROUBLE_UNSUPPORTED, file->unfit);
    else if (!r->standard.at && !map_file(file->path, &bytes))
        print_trouble(&t, TROUBLE_CORRUPT, strerror(errno));
    else
        reader_read(&reader, bytes, span_of(file->path));
    buf_clear(&t.line);
    buf_addf(&t.line, "C %zu %zu\n", reader.passed_over, reader.responses);
    workers_print(out, buf_span(&t.line));
}

static void count_word(struct intern *words, size_t **counts, size_t *cap, struct span word)
{
    size_t before = words->count, at = intern_add(words, word);
    *counts = array_grow(*counts, cap, words->count, sizeof **counts);
    (*counts)[at] = words->count > before ? 1 : (*counts)[at] + 1;
}

static struct span take_word(struct span *line)
{
    const char *space = memchr(line->at, ' ', line->len);
    struct span word = {line->at, space ? (size_t)(space - line->at) : line->len};
    size_t taken = word.len + (space ? 1 : 0);
    *line = (struct span){line->at + taken, line->len - taken};
    return word;
}

static void take_record(struct run *r, struct span line, const char *path)
{
    int64_t time = strtoll(line.at, NULL, 10);
    take_word(&line);
    struct span type = take_word(&line), reason = take_word(&line);
    count_word(&r->types, &r->type_counts, &r->types_cap, type);
    if (!span_eq(reason, SPAN("-"))) {
        count_word(&r->reasons, &r->reason_counts, &r->reasons_cap, reason);
        r->unread++;
        filter_say(r->f, "%s: %.*s %.*s", path, SPAN_ARGS(type), SPAN_ARGS(reason));
    }
    r->entries = array_grow(r->entries, &r->cap, r->count + 1, sizeof *r->entries);
    r->entries[r->count] = (struct entry){time, r->count, r->text.len, line.len};
    r->count++;
    buf_add(&r->text, line);
}

/* By date; what has none comes behind, in the order of the files. */
static int by_time(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    bool undated = x->time == LETTER_NO_TIME, other = y->time == LETTER_NO_TIME;
    if (undated != other)
        return undated ? 1 : -1;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static void write_reply(struct run *r)
{
    if (r->count)
        qsort(r->entries, r->count, sizeof *r->entries, by_time);
    for (size_t i = 0; i < r->count; i++) {
        buf_add(&r->f->out.buf, (struct span){r->text.at + r->entries[i].from, r->entries[i].len});
        filter_written(r->f);
    }
    r->replies += r->count != 0;
    r->count = 0;
    buf_clear(&r->text);
}

/* A process that ended before its time leaves a record of that. */
static void take_end(struct run *r, const struct inbox_file *file, enum workers_end end)
{
    struct letter l;
    struct buf line = {0};
    letter_start(&l, "unknown");
    if (end == WORKERS_CRASHED)
        trouble_set(&l.trouble, TROUBLE_CORRUPT, "reading it made a library crash");
    else
        trouble_set(&l.trouble, TROUBLE_TOO_LARGE, "reading it took too much time or memory");
    buf_addf(&line, "%" PRId64 " unknown %s ", l.time, trouble_word(l.trouble.kind));
    letter_emit(&l, file->reply, span_of(file->path), &line);
    take_record(r, buf_span(&line), file->path);
    letter_free(&l);
    buf_free(&line);
}

static void file_done(void *data, size_t number, struct span result, enum workers_end end)
{
    struct run *r = data;
    const struct inbox_file *file = &r->inbox.files[number];
    if (!span_eq(file->reply, r->reply))
        write_reply(r);
    r->reply = file->reply;
    r->f->read++;
    while (result.len) {
        const char *lf = memchr(result.at, '\n', result.len);
        struct span line = span_from(result.at + 2, lf);
        if (*result.at == 'R') {
            take_record(r, line, file->path);
        } else {
            r->passed_over += strtoull(line.at, NULL, 10);
            take_word(&line);
            r->responses += strtoull(line.at, NULL, 10);
        }
        result = span_from(lf + 1, span_end(result));
    }
    if (end != WORKERS_DONE)
        take_end(r, file, end);
    filter_progress(r->f, r->f->read, 0);
}

static json_t *counts_of(const struct intern *words, const size_t *counts)
{
    json_t *object = json_object();
    for (size_t i = 0; i < words->count; i++)
        if (!object || json_object_setn_new(object, words->keys[i].at, words->keys[i].len,
                                            json_integer((json_int_t)counts[i])) != 0)
            fail_memory();
    return object;
}

static void count_all(struct run *r)
{
    struct filter *f = r->f;
    filter_count(f, "files", r->inbox.count);
    filter_count(f, "replies", r->replies);
    filter_count(f, "unread", r->unread);
    json_object_set_new(f->counts, "reasons", counts_of(&r->reasons, r->reason_counts));
    json_object_set_new(f->counts, "types", counts_of(&r->types, r->type_counts));
    filter_count(f, "passed_over", r->passed_over + r->inbox.passed_over);
    filter_count(f, "responses_without_page", r->responses);
    filter_count(f, "empty_folders", r->inbox.empty_folders);
    filter_count(f, "links_out", r->inbox.led_out);
    if (r->inbox.led_out)
        warn("%zu links lead out of their folder and were not followed (--trust follows them)",
             r->inbox.led_out);
    filter_say(f,
               "%zu files, %zu replies, %zu documents, %zu of them not read, %zu files of systems "
               "passed over, %zu web responses without a page",
               r->inbox.count, r->replies, f->written, r->unread,
               r->passed_over + r->inbox.passed_over, r->responses);
    if (r->unread && f->options.strict)
        fail(STATUS_DATA,
             "%zu of %zu documents could not be read, which --strict does not allow (their records "
             "say why)",
             r->unread, f->written);
}

/* Standard input is one document. */
static void take_standard(struct run *r, struct input *in)
{
    in->name = "<stdin>";
    input_file(in);
    while (input_more(in))
        ;
    if (in->end == 0)
        return;
    r->standard = (struct span){in->buf, in->end};
    r->inbox.files = array_grow(r->inbox.files, &r->inbox.cap, 1, sizeof *r->inbox.files);
    r->inbox.files[r->inbox.count++] = (struct inbox_file){"<stdin>", SPAN("stdin"), NULL};
}

static void gather(struct run *r, struct input *in)
{
    struct filter *f = r->f;
    input_open(in, f->operands, f->operand_count, 0);
    bool standard = f->operand_count == 0;
    for (size_t i = 0; i < f->operand_count; i++)
        standard = standard || strcmp(f->operands[i], "-") == 0;
    if (standard && f->operand_count > 1)
        fail(STATUS_USAGE, "standard input is one document and stands alone (try --help)");
    if (standard)
        take_standard(r, in);
    for (size_t i = 0; i < f->operand_count && !standard; i++)
        inbox_add(&r->inbox, f->operands[i], (enum inbox_each)r->o->each);
}

int main(int argc, char **argv)
{
    struct options o = {.seconds = 300};
    struct filter f;
    struct input in;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    struct run r = {.f = &f, .o = &o, .inbox = {.links = o.trust ? INBOX_FOLLOWS : INBOX_STAYS}};
    gather(&r, &in);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = o.jobs ? o.jobs : processors > 0 ? (size_t)processors : 1;
    struct workers w = {.tasks = r.inbox.count,
                        .jobs = jobs,
                        .seconds = (unsigned)o.seconds,
                        .work = read_file,
                        .done = file_done,
                        .data = &r};
    workers_run(&w);
    write_reply(&r);
    count_all(&r);
    free(r.entries);
    free(r.type_counts);
    free(r.reason_counts);
    buf_free(&r.text);
    intern_free(&r.types);
    intern_free(&r.reasons);
    inbox_free(&r.inbox);
    input_close(&in);
    return filter_close(&f);
}
