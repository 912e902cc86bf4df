
/* An argument: where it is among all arguments and, of an input, among all inputs. */
typedef struct Block {
    const char *name;
    int offset;   /* in the list that this table is of */
    int argument; /* among the arguments */
    int count;
    int rows, columns; /* of a matrix; else 0 */
    int scalar;
    double low, high;  /* what the model assumes of it */
} Block;

typedef struct IndexBlock {
    const char *name;
    int offset, count, limit;
} IndexBlock;

/* An argument that a check is at; ends with offset -1. */
typedef struct Fixed {
    int offset;
    double value;
} Fixed;

/* A check of the model: where its sides are among those of all checks. */
typedef struct Claim {
    const char *text;
    int line;
    int left, left_count, right, right_count;
    double within;
    const Fixed *at;
} Claim;

