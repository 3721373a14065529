/* markup -- by the names of HTML's character references and tags (HTML 4.01, chapter 24, and the
 * commoner ones of HTML 5). A name that is none, as in R&D; or <unknown>, is text. */
#include "markup.h"

#include "among.h"

#include <strings.h>

#define LONGEST_NAME 16
#define LONGEST_TAG 2000 /* with its attributes */

static const char ENTITIES[] =
    "AElig AMP Aacute Acirc Agrave Alpha Aring Atilde Auml Beta COPY Ccedil Chi Dagger Delta "
    "ETH Eacute Ecirc Egrave Epsilon Eta Euml GT Gamma Iacute Icirc Igrave Iota Iuml Kappa LT "
    "Lambda Mu NewLine Ntilde Nu OElig Oacute Ocirc Ograve Omega Omicron Oslash Otilde Ouml "
    "Phi Pi Prime Psi QUOT REG Rho Scaron Sigma THORN Tab Tau Theta Uacute Ucirc Ugrave "
    "Upsilon Uuml Xi Yacute Yuml ZeroWidthSpace Zeta aacute acirc acute aelig agrave alefsym "
    "alpha amp and ang apos aring ast asymp atilde auml bdquo beta brvbar bsol bull bullet "
    "cap ccedil cedil cent check checkmark chi circ clubs colon comma commat cong copy crarr "
    "cross cup curren dArr dagger darr dash deg delta diams divide dollar eacute ecirc egrave "
    "empty emsp ensp epsilon equals equiv eta eth euml euro excl exist fnof forall frac12 "
    "frac13 frac14 frac23 frac34 frasl gamma ge grave gt hArr harr hearts hellip horbar "
    "hyphen iacute icirc iexcl igrave image infin int iota iquest isin iuml kappa lArr lambda "
    "lang laquo larr lceil lcub ldquo ldquor le lfloor lowast lowbar loz lpar lrm lsaquo lsqb "
    "lsquo lt macr mdash micro middot minus mu nabla nbsp ndash ne ni not notin nsub ntilde "
    "nu num numsp oacute ocirc oelig ograve oline omega omicron oplus or ordf ordm oslash "
    "otilde otimes ouml para part percnt period permil perp phi phone pi piv plus plusmn "
    "pound prime prod prop psi puncsp quest quot rArr radic rang raquo rarr rceil rcub rdquo "
    "rdquor real reg rfloor rho rlm rpar rsaquo rsqb rsquo rsquor sbquo scaron sdot sect semi "
    "shy sigma sigmaf sim sol spades squ square star sub sube sum sup sup1 sup2 sup3 supe "
    "szlig tau there4 theta thetasym thinsp thorn tilde times trade uArr uacute uarr ucirc "
    "ugrave uml upsih upsilon uuml verbar weierp xi yacute yen yuml zeta zwj zwnj";

static const char TAGS[] =
    "a abbr b big blockquote body br center div em font form h1 h2 h3 h4 h5 h6 head hr html i img "
    "input label li link meta ol option p pre s script select small span strike strong style sub "
    "sup table tbody td textarea th thead title tr u ul";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Letters and digits of TEXT from FROM on, as many as a name has. */
static struct span name_at(struct span text, size_t from)
{
    size_t len = 0;
    while (from + len < text.len && len < LONGEST_NAME &&
           (is_letter(text.at[from + len]) || is_digit(text.at[from + len])))
        len++;
    return (struct span){text.at + from, len};
}

/* &#39; &#x27; and the like. */
static size_t numeric_length(struct span text)
{
    size_t i = 2, hex = text.len > 2 && (text.at[2] | 0x20) == 'x';
    for (i += hex; i < text.len && i < 10; i++)
        if (hex ? !is_hex(text.at[i]) : !is_digit(text.at[i]))
            break;
    return i > 2 + hex && i < text.len && text.at[i] == ';' ? i + 1 : 0;
}

static size_t entity_length(struct span text)
{
    if (text.len > 1 && text.at[1] == '#')
        return numeric_length(text);
    struct span name = name_at(text, 1);
    size_t end = 1 + name.len;
    bool ends = name.len > 1 && end < text.len && text.at[end] == ';';
    return ends && is_among(name, ENTITIES, AMONG_EXACT) ? end + 1 : 0;
}

/* <br>, <br/>, </p>, <a href="x">: the name of a tag, then a space or slash and whatever, or >. */
static size_t tag_length(struct span text)
{
    size_t slash = text.len > 1 && text.at[1] == '/';
    struct span name = name_at(text, 1 + slash);
    size_t end = 1 + slash + name.len;
    if (name.len == 0 || end >= text.len || !strchr(" />", text.at[end]) || !text.at[end] ||
        !is_among(name, TAGS, AMONG_ANY_CASE))
        return 0;
    struct span rest = {text.at + end, text.len - end};
    rest.len = rest.len < LONGEST_TAG ? rest.len : LONGEST_TAG;
    const char *close = memchr(rest.at, '>', rest.len);
    return close ? (size_t)(close + 1 - text.at) : 0;
}

/* Excel's _x000D_: four hexadecimal digits. */
static size_t excel_length(struct span text)
{
    if (text.len < 7 || text.at[1] != 'x' || text.at[6] != '_')
        return 0;
    for (size_t i = 2; i < 6; i++)
        if (!is_hex(text.at[i]))
            return 0;
    return 7;
}

size_t markup_length(struct span text)
{
    if (text.len == 0)
        return 0;
    switch (text.at[0]) {
    case '&':
        return entity_length(text);
    case '<':
        return tag_length(text);
    case '_':
        return excel_length(text);
    default:
        return 0;
    }
}
