/* Headings, paragraphs and tables in, text out: for a terminal, in Markdown, LaTeX or HTML. Values
 * are green, gradients red, as on the wires of a drawing. */
#include <string.h>

#include "emit/emit.h"

Notation page_notation(const Page *p)
{
    return p->form == PAGE_MARKDOWN || p->form == PAGE_LATEX ? NOTATION_LATEX : NOTATION_TEXT;
}

/* ---- text that is none of the form's own */

static void put_latex_char(Text *out, char c)
{
    if (strchr("#$%&_{}", c))
        text_printf(out, "\\%c", c);
    else if (c == '\\' || c == '^' || c == '~')
        text_put(out, c == '\\' ? "\\textbackslash{}" : c == '^' ? "\\textasciicircum{}"
                                                                : "\\textasciitilde{}");
    else if (c == '<' || c == '>' || c == '|' || c == '"')
        text_printf(out, "{\\ttfamily\\char%d}", c);
    else
        text_char(out, c);
}

static void put_html_char(Text *out, char c)
{
    const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
    if (name)
        text_put(out, name);
    else
        text_char(out, c);
}

/* Text; in LaTeX what is not ASCII is spelt out, for its fonts lack it. */
static void put_plain(const Page *p, const char *text)
{
    Text ascii = text_new(p->job->ctx);
    if (p->form == PAGE_LATEX) {
        const char *end = text + strlen(text);
        for (const char *at = text, *next; at < end; at = next) {
            uint32_t point;
            int length = utf8_decode(at, end, &point);
            next = at + (length ? length : 1);
            char one[8] = {0};
            memcpy(one, at, (size_t)(next - at));
            if (point < 128)
                text_char(&ascii, *at);
            else
                utf8_transliterate(&ascii, one);
        }
        text = ascii.len ? ascii.at : "";
    }
    for (; *text; text++) {
        if (p->form == PAGE_LATEX)
            put_latex_char(p->out, *text);
        else if (p->form == PAGE_HTML)
            put_html_char(p->out, *text);
        else if (p->form == PAGE_MARKDOWN && strchr("\\`*_{}[]<>|#$", *text))
            text_printf(p->out, "\\%c", *text);
        else
            text_char(p->out, *text);
    }
    text_free(&ascii);
}

static void put_colour(const Page *p, const char *code)
{
    if (p->form == PAGE_TERMINAL && p->job->colour)
        text_printf(p->out, "\033[%sm", code);
}

/* ---- the page */

void page_begin(Page *p, const char *title)
{
    switch (p->form) {
    case PAGE_TERMINAL: return;
    case PAGE_MARKDOWN: text_put(p->out, "# "); break;
    case PAGE_LATEX: text_put(p->out, template_text(p->job->ctx, "explain_head.tex")); break;
    case PAGE_HTML: text_put(p->out, template_text(p->job->ctx, "explain_head.html")); break;
    }
    put_plain(p, title);
    if (p->form == PAGE_LATEX)
        text_put(p->out, "}\n\\date{}\n\n\\begin{document}\n\\maketitle\n");
    if (p->form == PAGE_HTML) {
        text_put(p->out, "</title>\n</head>\n<body>\n<h1>");
        put_plain(p, title);
        text_put(p->out, "</h1>");
    }
    text_char(p->out, '\n');
}

void page_end(Page *p)
{
    if (p->form == PAGE_LATEX)
        text_put(p->out, "\n\\end{document}\n");
    if (p->form == PAGE_HTML)
        text_put(p->out, "</body>\n</html>\n");
}

void page_heading(Page *p, const char *text)
{
    static const char *const before[] = {"\n", "\n## ", "\n\\section*{", "<h2>"};
    static const char *const after[] = {"\n", "\n", "}\n", "</h2>\n"};
    text_put(p->out, p->out->len || p->form != PAGE_TERMINAL ? before[p->form] : "");
    put_colour(p, "1");
    put_plain(p, text);
    put_colour(p, "0");
    text_put(p->out, after[p->form]);
}

void page_text(Page *p, const char *text)
{
    static const char *const before[] = {"  ", "\n", "\n", "<p>"};
    static const char *const after[] = {"\n", "\n", "\n", "</p>\n"};
    text_put(p->out, before[p->form]);
    put_plain(p, text);
    text_put(p->out, after[p->form]);
}

void page_code(Page *p, const char *text)
{
    static const char *const before[] = {"  ", "\n    ", "\n\\noindent\\texttt{", "<pre>"};
    static const char *const after[] = {"\n", "\n", "}\n", "</pre>\n"};
    text_put(p->out, before[p->form]);
    if (p->form == PAGE_MARKDOWN)
        text_put(p->out, text);
    else
        put_plain(p, text);
    text_put(p->out, after[p->form]);
}

/* ---- tables */

void page_table(Page *p, uint32_t columns, const char *const *head)
{
    Text text = text_new(p->job->ctx);
    p->columns = columns;
    p->cells.count = 0;
    for (uint32_t i = 0; i < columns; i++) {
        text.len = 0;
        text_put(&text, head[i]);
        page_cell(p, CELL_TEXT, &text);
    }
    text_free(&text);
}

void page_cell(Page *p, CellKind kind, const Text *text)
{
    Cell cell = {kind, name_intern(p->job->ctx, text->len ? text->at : "", text->len)};
    *vec_push(p->job->ctx, &p->cells) = cell;
}

/* How many columns of a terminal the text takes. */
static uint32_t width_of(const char *text)
{
    const char *end = text + strlen(text);
    uint32_t width = 0, point;
    while (text < end) {
        int length = utf8_decode(text, end, &point);
        text += length ? length : 1;
        width++;
    }
    return width;
}

/* Longer cells than this push the rest of their rows to the right, not the columns. */
enum { WIDE = 50 };

static bool is_number(CellKind kind) { return kind == CELL_VALUE || kind == CELL_GRADIENT; }

/* Two spaces before each cell; numbers, and the heads of their columns, to the right. */
static void put_terminal_row(const Page *p, uint32_t row, const uint32_t *width)
{
    static const char *const colours[] = {NULL, NULL, "32", "31"};
    for (uint32_t i = 0; i < p->columns; i++) {
        const Cell cell = p->cells.at[row * p->columns + i];
        const Cell *below =
            row || p->cells.count <= p->columns ? &cell : &p->cells.at[p->columns + i];
        const char *text = name_text(p->job->ctx, cell.text);
        const uint32_t own = width_of(text), space = own < width[i] ? width[i] - own : 0;
        const bool right = is_number(below->kind);
        for (uint32_t k = 0; k < 2 + (right ? space : 0); k++)
            text_char(p->out, ' ');
        const char *colour = row == 0 ? "4" : colours[cell.kind];
        if (colour)
            put_colour(p, colour);
        text_put(p->out, text);
        if (colour)
            put_colour(p, "0");
        for (uint32_t k = 0; k < space && !right && i + 1 < p->columns; k++)
            text_char(p->out, ' ');
    }
    while (p->out->len && p->out->at[p->out->len - 1] == ' ')
        p->out->at[--p->out->len] = 0;
    text_char(p->out, '\n');
}

static void put_terminal_table(const Page *p)
{
    uint32_t rows = p->cells.count / p->columns, width[16] = {0};
    for (uint32_t i = 0; i < p->cells.count; i++) {
        uint32_t own = width_of(name_text(p->job->ctx, p->cells.at[i].text));
        if (own > width[i % p->columns] && own <= WIDE)
            width[i % p->columns] = own;
    }
    for (uint32_t row = 0; row < rows; row++)
        put_terminal_row(p, row, width);
}

/* A number in LaTeX: 1e-05 is a power of ten. */
static void put_latex_number(const char *text, Text *out)
{
    for (; *text; text++) {
        if (*text != 'e') {
            text_char(out, *text);
            continue;
        }
        const bool minus = text[1] == '-';
        text += 1 + strspn(text + 1, "+-0");
        size_t length = strspn(text, "0123456789");
        text_printf(out, "{\\cdot}10^{%s%.*s}", minus ? "-" : "", (int)length, text);
        text += length - 1;
    }
}

static void put_math_cell(const Page *p, const Cell *cell, const char *text)
{
    static const char *const names[] = {
        [CELL_VALUE] = "\\textcolor{value}{", [CELL_GRADIENT] = "\\textcolor{gradient}{",
    };
    bool colour = p->form == PAGE_LATEX && is_number(cell->kind);
    text_put(p->out, colour ? names[cell->kind] : "");
    text_char(p->out, '$');
    if (is_number(cell->kind))
        put_latex_number(text, p->out);
    else
        text_put(p->out, text);
    text_put(p->out, colour ? "$}" : "$");
}

static void put_html_cell(const Page *p, uint32_t row, const Cell *cell, const char *text)
{
    static const char *const classes[] = {"", " class=\"formula\"", " class=\"value\"",
                                          " class=\"gradient\""};
    text_printf(p->out, "<%s%s>", row ? "td" : "th", classes[cell->kind]);
    put_plain(p, text);
    text_printf(p->out, "</%s>", row ? "td" : "th");
}

static void put_cell(const Page *p, uint32_t row, uint32_t i)
{
    const Cell *cell = &p->cells.at[row * p->columns + i];
    const char *text = name_text(p->job->ctx, cell->text);
    if (p->form == PAGE_HTML) {
        put_html_cell(p, row, cell, text);
        return;
    }
    if (p->form == PAGE_MARKDOWN)
        text_put(p->out, i ? " " : "| ");
    if (*text && cell->kind != CELL_TEXT)
        put_math_cell(p, cell, text);
    else
        put_plain(p, text);
    if (p->form == PAGE_MARKDOWN)
        text_put(p->out, " |");
    else
        text_put(p->out, i + 1 < p->columns ? " & " : " \\\\");
}

void page_end_table(Page *p)
{
    static const char *const before[] = {"", "\n", "\n\\begin{longtable}{", "<table>\n"};
    static const char *const after[] = {"", "", "\\end{longtable}\n", "</table>\n"};
    uint32_t rows = p->cells.count / p->columns;
    if (p->form == PAGE_TERMINAL) {
        put_terminal_table(p);
        return;
    }
    text_put(p->out, before[p->form]);
    for (uint32_t i = 0; p->form == PAGE_LATEX && i <= p->columns; i++)
        text_put(p->out, i < p->columns ? "l" : "}\n");
    for (uint32_t row = 0; row < rows; row++) {
        text_put(p->out, p->form == PAGE_HTML ? "<tr>" : "");
        for (uint32_t i = 0; i < p->columns; i++)
            put_cell(p, row, i);
        text_put(p->out, p->form == PAGE_HTML ? "</tr>\n" : row == 0 && p->form == PAGE_LATEX
                                                                ? " \\hline\n" : "\n");
        for (uint32_t i = 0; row == 0 && p->form == PAGE_MARKDOWN && i <= p->columns; i++)
            text_put(p->out, i < p->columns ? i ? " --- |" : "| --- |" : "\n");
    }
    text_put(p->out, after[p->form]);
}

/* ---- derivatives */

void put_derivative(const Page *p, const Circuit *c, uint32_t of, uint32_t by, Text *out)
{
    const Notation notation = page_notation(p);
    const bool unicode = p->form == PAGE_HTML || p->job->unicode;
    const char *d = notation == NOTATION_LATEX ? "\\partial " : unicode ? "∂" : "d";
    text_put(out, notation == NOTATION_LATEX ? "\\frac{" : "");
    text_put(out, d);
    put_step_name(c, notation, of, out);
    text_put(out, notation == NOTATION_LATEX ? "}{" : "/");
    text_put(out, d);
    put_step_name(c, notation, by, out);
    text_put(out, notation == NOTATION_LATEX ? "}" : "");
}
