/* W. Shakespeare, sonnet 18 (1609), its first quatrain; in the public domain. */
#ifndef TEXT_H
#define TEXT_H

static const char text[] =
    "Shall I compare thee to a summer's day?\n"
    "Thou art more lovely and more temperate:\n"
    "Rough winds do shake the darling buds of May,\n"
    "And summer's lease hath all too short a date;\n";

#endif
