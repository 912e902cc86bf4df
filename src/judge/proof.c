/* proof */
#include "judge/judge.h"
bool proof_of_claim(const Judge *j, uint32_t number)
{
    return j->left && j->left[number] == j->right[number];
}
