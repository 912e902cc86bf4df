/* test_oracle: values and derivatives known to 50 digits, hard points, names that are cut. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle_model.h"

Suite *suite_oracle(void);

enum { BITS = 200, DIGITS = 160 }; /* asked for; those that 50 digits hold */

static void at(const char *name, double value)
{
    oracle_set(oracle, entity(name), &value);
}

/* Is it the number that the text says, to the bits that the text has? */
static void expect_number(const char *what, mpfr_srcptr value, const char *digits)
{
    mpfr_t truth;
    mpfr_init2(truth, 2 * BITS);
    mpfr_set_str(truth, digits, 10, MPFR_RNDN);
    long agree = verdict_agreement(value, truth);
    bool same = mpfr_number_p(truth) ? agree >= DIGITS
                                     : !mpfr_nan_p(truth) == !mpfr_nan_p(value) &&
                                           (mpfr_nan_p(truth) || mpfr_equal_p(truth, value));
    char shown[100];
    mpfr_snprintf(shown, sizeof shown, "%.50Rg", value);
    mpfr_clear(truth);
    ck_assert_msg(same, "%s: expected %s, found %s (%ld bits)", what, digits, shown, agree);
}

static OracleStatus value_status(const char *name, const char *digits)
{
    mpfr_t value;
    mpfr_init2(value, BITS);
    OracleStatus status = oracle_value(oracle, oracle_entity(entity(name)), value);
    expect_number(name, value, digits);
    mpfr_clear(value);
    return status;
}

static void expect_value(const char *name, const char *digits)
{
    OracleStatus status = value_status(name, digits);
    ck_assert_msg(status == ORACLE_OK, "%s: %s", name, oracle_status_name(status));
}

static void expect_report(const OracleReport *r, OracleStatus status, const char *value,
                          const char *left, const char *right)
{
    ck_assert_msg(r->status == status, "expected %s, found %s", oracle_status_name(status),
                  oracle_status_name(r->status));
    expect_number("value", r->value, value);
    expect_number("left", r->left, left);
    expect_number("right", r->right, right);
    ck_assert(status != ORACLE_OK || r->bits >= BITS);
}

static void expect_point(const char *of, const char *by, OracleStatus status, const char *value,
                         const char *left, const char *right)
{
    OracleReport r;
    oracle_report_init(&r, BITS);
    oracle_derivative(oracle, oracle_entity(entity(of)), oracle_by(entity(by), 0), &r);
    expect_report(&r, status, value, left, right);
    oracle_report_clear(&r);
}

static void expect_derivative(const char *of, const char *by, const char *digits)
{
    expect_point(of, by, ORACLE_OK, digits, digits, digits);
}

/* ---- known values ----------------------------------------------------------------------- */

static const struct Row {
    const char *text, *x, *y, *value, *by_x, *by_y;
} rows[] = {
    {"f=sin(2*x)", "1.7", "", "-0.2555411020268312333809733439474355936958881179847",
     "-1.9335963851589220739576215128552822236464743880133", ""},
    {"f=(x^3+x)^(5*x+2)", "0.3", "", "0.019994803217901646354389627691129725408644017618006",
     "0.16004433603114707874470398340927403755736766231346", ""},
    {"f=x^x^x", "1.7", "", "3.6981649749750446065281727943548617407968057808543",
     "12.764706037529376467079130145811910443918261747093", ""},
    {"f=tan(x)-x", "0.3", "", "0.0093362496096232319729433097733070982289079466393004",
     "0.095688915322547122266530257475010814851666693850293", ""},
    {"f=(1+1/x)^x", "10", "", "2.5937424601",
     "0.011415291138242899109988574364870133306476332126902", ""},
    {"f=cos(x)^2+sin(x)^2", "0.3", "", "1", "0", ""},
    {"f=sin(x)", "1e22", "", "-0.85220084976718880177270589375302936826176215041004",
     "0.52321478539513894549759447338470949214091997243939", ""},
    {"f=tan(x)", "1e22", "", "-1.6287782256068988785493759369395485135451511681702",
     "3.6529185082111579816846124756367096841463549675804", ""},
    {"f=sin(x)", "0", "", "0", "1", ""},
    {"f=cos(x)", "0", "", "1", "0", ""},
    {"f=log(x)", "1e-300", "", "-690.77552789821370518033834457010050290861334158364",
     "9.999999999999999749409081647912409422619367977226e+299", ""},
    {"f=log(x)", "5e-324", "", "-744.44007192138126231410729844608163411308714430291",
     "2.0240225330731061835249534671891730704955664976414e+323", ""},
    {"f=sqrt(x)", "1e-300", "", "1.0000000000000000125295459176043797643533129531736e-150",
     "4.9999999999999999373522704119781019631810397409151e+149", ""},
    {"f=sqrt(x)", "1e300", "", "1.0000000000000000262523801276022097797585031084924e+150",
     "4.9999999999999998687380993619889545471447962781551e-151", ""},
    {"f=atan(x)", "1e160", "", "1.5707963267948966192313216916397514420985846996876",
     "9.9999999999999998694318450986354701416899462782317e-321", ""},
    {"f=asinh(x)", "1e10", "", "23.718998110500402149599646668301818644086505645648",
     "9.999999999999999999950000000000000000000375e-11", ""},
    {"f=1/x", "1e-100", "", "9.9999999999999998000810019739711678002829692877905e+99",
     "-9.999999999999999600162003947942339597326515748713e+199", ""},
    {"f=x^2", "1e-170", "", "9.9999999999999996669099809772365095026390558109417e-341",
     "1.9999999999999999666909980977236506728915036496318e-170", ""},
    {"f=acos(x)", "0.9999999999999999", "",
     "0.000000014901161193847656387863435425504615922399221269664",
     "-67108864.000000001862645149230957108798182426846348", ""},
    {"f=atanh(x)", "0.9999999999999999", "", "18.714973875118523326509691663741853057075734170562",
     "4503599627370496.2500000000000000138777878078144575", ""},
    {"f=log1p(x)", "-0.9999999999999999", "",
     "-36.736800569677101399113302437283358108001507121094", "9007199254740992", ""},
    {"f=cbrt(x)", "-8", "", "-2", "0.083333333333333333333333333333333333333333333333333", ""},
    {"f=cosh(x)", "0", "", "1", "0", ""},
    {"f=tanh(x)", "400", "", "1", "1.4671498336710748853821982617043192861878536906451e-347", ""},
    {"f=sigmoid(x)", "-745", "", "2.8223507304719370763534400820597826208243630629102e-324",
     "2.8223507304719370763534400820597826208243630629102e-324", ""},
    {"f=softplus(x)", "800", "", "800", "1", ""},
    {"f=erfc(x)", "26", "", "5.6631924088561428464757278969260925803287775609258e-296",
     "-2.9470349932662695402038367767770756408408095189553e-294", ""},
    {"f=lgamma(x)", "1.4616321449683622", "",
     "-0.12148629053584960809551455717768716944918119234997",
     "-9.2412655217294275167923514151598876865077205669854e-17", ""},
    {"f=lgamma(x)", "-2.7", "", "-0.071407085315645687684030450211077296726489070549732",
     "-1.1153471291406896119102029140286079489253465805442", ""},
    {"f=tgamma(x)", "171.5", "", "9.4833675668247993362534054692049515893756391097432e+307",
     "4.8760298924410026114395032818914578347739357480289e+308", ""},
    {"f=digamma(x)", "-1.5", "", "0.70315664064524318722569033366791109947350706200623",
     "9.3792466449891237538616899443825200121012941480648", ""},
    {"f=atan2(x,y)", "1e-170", "1e-170", "0.78539816339744830961566084581987572104929234984378",
     "5.0000000000000000832725047556908747046332505332323e+169",
     "-5.0000000000000000832725047556908747046332505332323e+169"},
    {"f=hypot(x,y)", "1", "1e-20", "1.00000000000000000000000000000000000000005",
     "0.99999999999999999999999999999999999999995",
     "9.9999999999999994515327145420957165172945370278739e-21"},
    {"f=x^y", "3", "-700", "1.0354322706581432020324100530054601900772567874063e-334",
     "-2.416008631535667471408956790346073776846932503948e-332",
     "1.1375386166285603038265623529636605187252119152341e-334"},
    {"f=x%y", "1e22", "3.5", "0.5", "1", "-2857142857142857142857"},
    {"f=remainder(x,y)", "1e15", "0.7", "-0.23655868430713389294339776824926957488059997558594",
     "1", "-1428571428571429"},
    {"f=fdim(x,y)", "2", "3", "0", "0", "0"},
    {"f=logaddexp(x,y)", "100", "-3", "100.00000000000000000000000000000000000000000000185",
     "0.99999999999999999999999999999999999999999999814788",
     "1.8521167695179754622647024047397420134488720288477e-45"},
};

START_TEST(row)
{
    const struct Row *r = &rows[_i];
    model(r->text);
    at("x", strtod(r->x, NULL));
    if (r->y[0])
        at("y", strtod(r->y, NULL));
    expect_value("f", r->value);
    expect_derivative("f", "x", r->by_x);
    if (r->y[0])
        expect_derivative("f", "y", r->by_y);
}
END_TEST

/* ---- the language ----------------------------------------------------------------------- */

static const struct {
    const char *text, *value;
} expressions[] = {
    {"f=0.1+0.2-0.3+x-x", "0"},
    {"f=1e-3*x/x", "0.001"},
    {"f=-2^2", "-4"},
    {"f=2^-1", "0.5"},
    {"f=2^3^2", "512"},
    {"f=(-3)^3", "-27"},
    {"f=7%4-(-7)%4", "6"},
    {"f=min(3,x,2)+max(x,7,5,6)", "8"},
    {"f=leaky_relu(-2)", "-0.02"},
    {"f=leaky_relu(-2,0.5)", "-1"},
    {"f=elu(-1)", "-0.63212055882855767840447622983853913255418886896823"},
    {"f=elu(-1,2)", "-1.2642411176571153568089524596770782651083777379365"},
    {"f=pi", "3.1415926535897932384626433832795028841971693993751"},
    {"f=-inf", "-inf"},
    {"f=inf-inf", "nan"},
    {"f=(1<2)+(2<=2)+(3>4)+(4>=4)+(1==1)+(1!=1)", "4"},
    {"f=(2&&3)+(0||0.5)+!0+!7", "3"},
    {"f=(0/0<1)+(0/0>=1)+(0/0==0/0)", "0"},
    {"f=max(0/0,1)", "nan"},
    {"f=max(1,0/0)", "nan"},
    {"f=relu(0/0)", "nan"},
    {"f=clamp(0/0,0,1)", "nan"},
    {"f=sign(0/0)", "nan"},
    {"f=0?0/0:3", "3"},
    {"f=x?4:0/0", "4"},
    {"f=clamp(x,0,0.5)", "0.5"},
    {"f=round(-2.5)+round(2.5)+trunc(-2.5)+floor(-2.5)+ceil(-2.5)", "-7"},
    {"f=sin(pi)", "0"},
    {"f=(x+1e300)-1e300", "1"},
    {"const g=9.81,h=2*g;f=h*h/g", "39.24"},
    {"x=3;f=x", "3"},
};

START_TEST(expression)
{
    model(expressions[_i].text);
    if (unit_find(unit, name_of(ctx, "x")) >= 0 &&
        unit->entities.at[entity("x")].kind == ENTITY_INPUT)
        at("x", 1);
    expect_value("f", expressions[_i].value);
}
END_TEST

START_TEST(checks_and_assumptions_are_expressions)
{
    model("input x, p\nf=x^3\ng=f+p\nassume 0 <= p < 1, x > 0\ncheck diff(f,x) == 3*x^2");
    at("x", 2);
    at("p", 1);
    mpfr_t value;
    mpfr_init2(value, BITS);
    OracleStatus status = oracle_value(oracle, oracle_expression(unit->assumes.at[0]), value);
    ck_assert_int_eq(status, ORACLE_OK);
    expect_number("assume", value, "0");
    oracle_value(oracle, oracle_expression(unit->assumes.at[1]), value);
    expect_number("assume", value, "1");
    oracle_value(oracle, oracle_expression(unit->checks.at[0].left), value);
    expect_number("left", value, "12");
    oracle_value(oracle, oracle_expression(unit->checks.at[0].right), value);
    expect_number("right", value, "12");
    mpfr_clear(value);
}
END_TEST

START_TEST(unset_inputs_are_nan)
{
    model("f=x+1");
    expect_value("f", "nan");
    at("x", 1);
    expect_value("f", "2");
    at("x", -0.0);
    expect_value("f", "1");
}
END_TEST

START_TEST(inputs_may_have_many_bits)
{
    model("f=3*x");
    mpfr_t third;
    mpfr_init2(third, 3000);
    mpfr_set_ui(third, 1, MPFR_RNDN);
    mpfr_div_ui(third, third, 3, MPFR_RNDN);
    oracle_set_real(oracle, entity("x"), third);
    mpfr_clear(third);
    expect_value("f", "1");
    expect_derivative("f", "x", "3");
}
END_TEST

/* ---- names ------------------------------------------------------------------------------ */

START_TEST(a_name_is_cut)
{
    model("a=x+y\nb=x+y\nf=a*b\ng=diff(f,a)\nh=diff(f,x)\nk=diff(a,b)\nm=diff(a,a)");
    at("x", 2);
    at("y", 5);
    expect_value("g", "7");
    expect_value("h", "14");
    expect_value("k", "0");
    expect_value("m", "1");
    expect_derivative("f", "a", "7");
    expect_derivative("f", "x", "14");
    expect_derivative("g", "x", "1");
    expect_derivative("g", "a", "0");
    expect_derivative("g", "b", "1");
}
END_TEST

START_TEST(what_uses_the_name_is_cut)
{
    model("q=x^2\nr=q*x\nf=r+sin(q)\ng=diff(f,q)\nh=diff(r,q)*diff(q,x)");
    at("x", 0);
    expect_value("g", "1");
    at("x", 3);
    expect_derivative("f", "r", "1");
    expect_derivative("f", "x", "21.533218428691938069790231732913008132521914600584");
    expect_value("h", "18");
}
END_TEST

START_TEST(a_name_stays_cut_within)
{
    /* the outer diff makes q an input of the model in which the inner one is taken */
    model("input t\nq=t^2\nf=diff(diff(q^2*t,t),q)\ng=diff(diff(q^2*t,q),t)");
    at("t", 3);
    expect_value("f", "18"); /* of q^2 by q */
    expect_value("g", "54"); /* of 2*q*t by t, where q moves along: 2*q + 4*t^2 */
}
END_TEST

START_TEST(closures)
{
    model("s(t)=a*t^2\nf=s(x)\ng=diff(s(x),a)\nh=diff(f,a)\na=x+1\nk=diff(f,x)");
    at("x", 3);
    expect_value("f", "36");
    expect_value("g", "9");
    expect_value("h", "9");
    expect_value("k", "33"); /* 2*a*x + x^2 */
    expect_derivative("f", "a", "9");
}
END_TEST

START_TEST(functions_differentiate_by_parameters)
{
    model("input x, a\n"
          "d(t, u) = { p = t^2*u\n q = p + a\n diff(q*t, t) }\n"
          "e(t) = diff(a*t, a)\n"
          "w(t) = { p = a*t; diff(p*a, a) }\n"
          "v(x) = diff(x^3, x)\n"
          "f = d(x, 5)\ng = e(a)\nh = w(x)\nk = v(2*x)\nm = diff(k, x)");
    at("x", 2);
    at("a", 7);
    expect_value("f", "67");  /* 3*t^2*u + a */
    expect_value("g", "7");   /* t is an argument, not the name a */
    expect_value("h", "28");  /* 2*a*t */
    expect_value("k", "48");
    expect_value("m", "48");  /* 12*x^2 */
    expect_derivative("f", "x", "60");
    expect_derivative("f", "a", "1");
    expect_derivative("g", "a", "1");
}
END_TEST

START_TEST(nested_diffs)
{
    model("f=x^5*y^2\ng=diff(diff(f,x),x)\nh=diff(diff(f,x),y)\nk=diff(diff(diff(f,x),x),x)\n"
          "m=diff(exp(-x^2),x)");
    at("x", 2);
    at("y", 3);
    expect_value("g", "1440");
    expect_value("h", "480");
    expect_value("k", "2160");
    expect_derivative("g", "x", "2160");
    expect_derivative("h", "y", "160");
    expect_derivative("k", "y", "1440");
    expect_derivative("m", "x", "0.25641894444227852411205229782537739096676894574866");
}
END_TEST

START_TEST(stop_gradient_is_a_constant)
{
    model("f=stop_gradient(x)*x\ng=diff(f,x)\nh=diff(g,x)\nk=stop_gradient(diff(x^3,x))*x");
    at("x", 3);
    expect_value("f", "9");
    expect_derivative("f", "x", "3");
    expect_value("g", "3");
    expect_value("h", "0");
    expect_derivative("k", "x", "27");
}
END_TEST

START_TEST(rules_are_claims)
{
    model("s(t, u)=t^2*u\nrule diff(s(a, b), a)={ c = 2*a\n c*b }\nrule diff(s(a, b), b)=7*a\n"
          "f=s(x,y)\ng=diff(s(x,y),y)");
    at("x", 3);
    at("y", 5);
    expect_derivative("f", "y", "9");
    expect_value("g", "9");
    mpfr_t args[2], claimed;
    mpfr_inits2(BITS, args[0], args[1], claimed, (mpfr_ptr)0);
    mpfr_set_d(args[0], 4, MPFR_RNDN);
    mpfr_set_d(args[1], 0.5, MPFR_RNDN);
    const mpfr_srcptr point[] = {args[0], args[1]};
    OracleReport truth;
    oracle_report_init(&truth, BITS);
    ck_assert_int_eq(oracle_rule(oracle, 0, point, claimed, &truth), ORACLE_OK);
    expect_number("claimed", claimed, "4");
    expect_report(&truth, ORACLE_OK, "4", "4", "4");
    ck_assert_int_eq(oracle_rule(oracle, 1, point, claimed, &truth), ORACLE_OK);
    expect_number("claimed", claimed, "28");
    expect_report(&truth, ORACLE_OK, "16", "16", "16");
    ck_assert_int_eq(oracle_call(oracle, 0, point, claimed), ORACLE_OK);
    expect_number("s", claimed, "8");
    oracle_report_clear(&truth);
    mpfr_clears(args[0], args[1], claimed, (mpfr_ptr)0);
}
END_TEST

/* ---- hard points ------------------------------------------------------------------------ */

static const struct {
    const char *text;
    double x;
    OracleStatus status;
    const char *value, *left, *right;
} points[] = {
    {"f=abs(x)", 0, ORACLE_KINK, "nan", "-1", "1"},
    {"f=relu(x)", 0, ORACLE_KINK, "nan", "0", "1"},
    {"f=max(2*x,x)", 0, ORACLE_KINK, "nan", "1", "2"},
    {"f=min(x,3*x,0.5)", 0, ORACLE_KINK, "nan", "3", "1"},
    {"f=clamp(x,0,1)", 1, ORACLE_KINK, "nan", "1", "0"},
    {"f=leaky_relu(x)", 0, ORACLE_KINK, "nan", "0.01", "1"},
    {"f=sqrt(x^2)", 0, ORACLE_KINK, "nan", "-1", "1"},
    {"f=hypot(x,0)", 0, ORACLE_KINK, "nan", "-1", "1"},
    {"f=abs(x-1e-310)", 1e-310, ORACLE_OK, "-1", "-1", "-1"},
    {"f=abs(x-0.5)+1e6*x", 0.5, ORACLE_KINK, "nan", "999999", "1000001"},
    {"f=1e9*x+1e-9*abs(x)", 0, ORACLE_KINK, "nan", "999999999.999999999", "1000000000.000000001"},
    {"f=elu(x)", 0, ORACLE_OK, "1", "1", "1"},
    {"f=x*abs(x)", 0, ORACLE_OK, "0", "0", "0"},
    {"f=(x-1)*abs(x-1)", 1, ORACLE_OK, "0", "0", "0"},
    {"f=(x-1)*abs(x-1)+5*x", 1, ORACLE_OK, "5", "5", "5"},
    {"f=x^4", 0, ORACLE_OK, "0", "0", "0"},
    {"f=x^2-2*x", 1, ORACLE_OK, "0", "0", "0"},
    {"f=exp(x)-x*exp(1)", 1, ORACLE_OK, "0", "0", "0"},
    {"f=tanh(x)", 800, ORACLE_OK, "0", "0", "0"},
    {"f=7", 1, ORACLE_OK, "0", "0", "0"},
    {"f=x<2?3:x", 1, ORACLE_OK, "0", "0", "0"},
    {"f=relu(x)", -1e-320, ORACLE_OK, "0", "0", "0"},
    {"f=relu(x)", 1e-320, ORACLE_OK, "1", "1", "1"},
    {"f=relu(x-1e-200)", 0, ORACLE_OK, "0", "0", "0"},
    {"f=sin(x*1e290)", 0, ORACLE_OK, "1e290", "1e290", "1e290"},
    {"f=(x+1e300)-1e300", 1e-300, ORACLE_OK, "1", "1", "1"},
    {"f=lgamma(1+exp(x))-lgamma(exp(x))-x/2", 658, ORACLE_OK, "0.5", "0.5", "0.5"},
    {"f=floor(x)", 1e300, ORACLE_JUMP, "0", "0", "0"},
    {"f=cos(x)", 1e300, ORACLE_OK, "0.81788191211590859704588528275542621201142830389038",
     "0.81788191211590859704588528275542621201142830389038",
     "0.81788191211590859704588528275542621201142830389038"},
    {"f=x^2", 1e300, ORACLE_OK, "2.0000000000000001050095205104088404974089371622163e300",
     "2.0000000000000001050095205104088404974089371622163e300",
     "2.0000000000000001050095205104088404974089371622163e300"},
    {"f=x%0.7", 1e300, ORACLE_OK, "1", "1", "1"},
    {"f=floor(x)", 2, ORACLE_JUMP, "0", "0", "0"},
    {"f=floor(x)", 2.5, ORACLE_OK, "0", "0", "0"},
    {"f=sign(x)", 0, ORACLE_JUMP, "nan", "0", "0"},
    {"f=x%3", 6, ORACLE_JUMP, "1", "1", "1"},
    {"f=x>0?x^2+1:3*x", 0, ORACLE_JUMP, "3", "3", "0"},
    {"f=x>=0?x^2+1:3*x", 0, ORACLE_JUMP, "0", "3", "0"},
    {"f=x==0?5:x", 0, ORACLE_JUMP, "nan", "1", "1"},
    {"f=sqrt(x)", 0, ORACLE_POLE, "inf", "nan", "inf"},
    {"f=log(x)", 0, ORACLE_POLE, "inf", "nan", "inf"},
    {"f=1/x", 0, ORACLE_POLE, "-inf", "-inf", "-inf"},
    {"f=1/x^2", 0, ORACLE_POLE, "nan", "inf", "-inf"},
    {"f=cbrt(x)", 0, ORACLE_POLE, "inf", "inf", "inf"},
    {"f=asin(x)", 1, ORACLE_POLE, "inf", "inf", "nan"},
    {"f=acosh(x)", 1, ORACLE_POLE, "inf", "nan", "inf"},
    {"f=sqrt(abs(x))", 0, ORACLE_POLE, "nan", "-inf", "inf"},
    {"f=x^0.999", 0, ORACLE_POLE, "inf", "nan", "inf"},
    {"f=x^x", 0, ORACLE_POLE, "-inf", "nan", "-inf"},
    {"f=x^1.5", 0, ORACLE_EDGE, "0", "nan", "0"},
    {"f=3*x+sqrt(x^3)", 0, ORACLE_EDGE, "3", "nan", "3"},
    {"f=sqrt(x)", -1, ORACLE_UNDEFINED, "nan", "nan", "nan"},
    {"f=0/x", 0, ORACLE_UNDEFINED, "nan", "nan", "nan"},
    {"f=sqrt(-x^2)", 0, ORACLE_UNDEFINED, "nan", "nan", "nan"},
    {"f=x<1?log(-1):x", 3, ORACLE_OK, "1", "1", "1"},
};

START_TEST(point)
{
    model(points[_i].text);
    if (unit->entities.count == 1) { /* x is not used */
        expect_value("f", "7");
        return;
    }
    at("x", points[_i].x);
    OracleReport r;
    oracle_report_init(&r, BITS);
    oracle_derivative(oracle, oracle_entity(entity("f")), oracle_by(entity("x"), 0), &r);
    const char *side[] = {points[_i].left, points[_i].right};
    ck_assert_msg(r.status == points[_i].status, "%s: expected %s, found %s", points[_i].text,
                  oracle_status_name(points[_i].status), oracle_status_name(r.status));
    expect_number(points[_i].text, r.value, points[_i].value);
    if (r.status != ORACLE_UNDEFINED) {
        expect_number("left", r.left, side[0]);
        expect_number("right", r.right, side[1]);
    }
    oracle_report_clear(&r);
}
END_TEST

START_TEST(switched_conditions_are_told)
{
    model("f=x==0?x:2*x\ng=x>1?x:2*x");
    at("x", 0);
    OracleReport r;
    oracle_report_init(&r, BITS);
    oracle_derivative(oracle, oracle_entity(entity("f")), oracle_by(entity("x"), 0), &r);
    expect_report(&r, ORACLE_OK, "2", "2", "2"); /* the limit; the branch taken has 1 */
    ck_assert(r.switched);
    oracle_derivative(oracle, oracle_entity(entity("g")), oracle_by(entity("x"), 0), &r);
    ck_assert(!r.switched);
    oracle_report_clear(&r);
}
END_TEST

START_TEST(diffs_at_hard_points_are_told)
{
    model("f=diff(abs(x),x)\ng=diff(sqrt(x),x)\nh=x>0?f:3\nk=diff(x^1.5,x)\nm=diff(x*abs(x),x)");
    at("x", 0);
    ck_assert_int_eq(value_status("f", "nan"), ORACLE_KINK);
    ck_assert_int_eq(value_status("g", "inf"), ORACLE_POLE);
    ck_assert_int_eq(value_status("h", "3"), ORACLE_OK); /* the arm not taken cannot influence */
    ck_assert_int_eq(value_status("k", "0"), ORACLE_EDGE);
    ck_assert_int_eq(value_status("m", "0"), ORACLE_OK);
    expect_point("m", "x", ORACLE_KINK, "nan", "-2", "2");
    expect_point("k", "x", ORACLE_POLE, "inf", "nan", "inf");
    OracleReport r;
    oracle_report_init(&r, BITS);
    oracle_derivative(oracle, oracle_entity(entity("f")), oracle_by(entity("x"), 0), &r);
    ck_assert_int_eq(r.status, ORACLE_UNDEFINED);
    ck_assert_int_eq(r.inside, ORACLE_KINK);
    oracle_report_clear(&r);
    at("x", -2);
    expect_value("f", "-1");
    expect_derivative("m", "x", "-2");
}
END_TEST

START_TEST(too_many_diffs_are_unsure)
{
    Text text = text_new(ctx);
    text_put(&text, "f=");
    for (int i = 0; i < 9; i++)
        text_put(&text, "diff(");
    text_put(&text, "x^2");
    for (int i = 0; i < 9; i++)
        text_put(&text, ",x)");
    model(text.at);
    at("x", 1);
    ck_assert_int_eq(value_status("f", "nan"), ORACLE_UNSURE);
}
END_TEST

/* ---- size ------------------------------------------------------------------------------- */

START_TEST(calls_may_nest_deeply)
{
    Text text = text_new(ctx);
    text_put(&text, "g0(t)=t*c\n");
    for (int i = 1; i <= 2000; i++)
        text_printf(&text, "g%d(t)={ u = g%d(t)\n u + g%d(t) - g%d(t) }\n", i, i - 1, i - 1, i - 1);
    text_put(&text, "f=g2000(x)\nd=diff(f,x)\n");
    model(text.at);
    at("x", 3);
    at("c", 5);
    expect_value("f", "15");
    expect_value("d", "5");
    expect_derivative("f", "c", "3");
}
END_TEST

START_TEST(expressions_may_be_large)
{
    enum { TERMS = 100000 };
    Text text = text_new(ctx);
    text_put(&text, "f=x");
    for (int i = 1; i < TERMS; i++)
        text_put(&text, "+x");
    text_put(&text, "\ng=");
    for (int i = 0; i < TERMS; i++)
        text_put(&text, "(x-");
    text_put(&text, "x");
    for (int i = 0; i < TERMS; i++)
        text_put(&text, ")");
    text_put(&text, "\na0=x\n");
    for (int i = 1; i <= 10000; i++)
        text_printf(&text, "a%d=a%d*1.0001\n", i, i - 1);
    model(text.at);
    at("x", 2);
    expect_value("f", "200000");
    expect_value("g", "2");
    expect_value("a10000", "5.4362918536504497280753293498262930722276452984414");
    expect_derivative("g", "x", "1");
}
END_TEST

/* ---- comparison ------------------------------------------------------------------------- */

START_TEST(ulps)
{
    static const struct {
        double computed;
        const char *truth;
        double ulps;
    } cases[] = {
        {1, "1", 0},
        {1.5, "1.5", 0},
        {1 + 0x1p-52, "1", 1},
        {1, "0x1p-54", 0x1p106},
        {-1, "1", 0x1p53},
        {0, "0", 0},
        {-0.0, "0", 0},
        {0, "0x1p-1075", 0.5},
        {0x1p-1074, "0x1p-1075", 0.5},
        {0x1p-1074, "0", 1},
        {INFINITY, "inf", 0},
        {-INFINITY, "inf", INFINITY},
        {INFINITY, "1e400", 0},
        {INFINITY, "0x1.fffffffffffffp1023", 1},
        {0x1.fffffffffffffp1023, "1e400", 1},
        {0x1.fffffffffffffp1023, "inf", INFINITY},
        {INFINITY, "1", INFINITY},
        {NAN, "nan", 0},
        {NAN, "1", INFINITY},
        {1, "nan", INFINITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mpfr_t truth;
        mpfr_init2(truth, 300);
        mpfr_set_str(truth, cases[i].truth, 0, MPFR_RNDN);
        double found = oracle_ulps(cases[i].computed, truth);
        mpfr_clear(truth);
        bool near = cases[i].ulps == found || fabs(found - cases[i].ulps) <= 1e-10 * cases[i].ulps;
        ck_assert_msg(near, "%a, %s: %g", cases[i].computed,
                      cases[i].truth, found);
    }
}
END_TEST

static double spread_of(const char *name)
{
    double spread;
    oracle_spread(oracle, oracle_entity(entity(name)), 8, &spread);
    return spread;
}

static double derivative_spread_of(const char *of, const char *by)
{
    double spread;
    oracle_derivative_spread(oracle, oracle_entity(entity(of)), oracle_by(entity(by), 0), 8,
                             &spread);
    return spread;
}

START_TEST(spread_tells_condition)
{
    model("f=exp(x)-1\ng=x^2/x^2\nh=1+x\nk=(x-x)*1e9\nm=sqrt(1-y*y)\nn=diff(exp(x)-1,x)\n"
          "p=exp(x)*y-exp(x)*y\nq=exp(x)/exp(x)\ns=exp(x)+exp(x)");
    at("x", 1e-10);
    at("y", 1);
    double spread = spread_of("f");
    ck_assert_msg(spread > 1e9 && spread < 1e12, "%g", spread);
    ck_assert(derivative_spread_of("f", "x") < 10);
    ck_assert(spread_of("h") < 2);
    ck_assert(spread_of("n") < 20);
    ck_assert_double_eq(spread_of("k"), 0);
    ck_assert_double_eq(spread_of("m"), 0);
    ck_assert(spread_of("p") > 1e300);
    spread = derivative_spread_of("q", "x");
    ck_assert_msg(spread*0x1p-1074 > 0x1p-54 && spread*0x1p-1074 < 0x1p-50, "%g", spread);
    ck_assert(derivative_spread_of("s", "x") < 10);
    expect_value("p", "0"); /* what was perturbed is not remembered */
    at("x", 1e200);
    ck_assert(isinf(spread_of("g")));
    at("x", 3);
    ck_assert(spread_of("g") < 10);
}
END_TEST

Suite *suite_oracle(void)
{
    Suite *suite = suite_create("oracle");
    TCase *tests = tcase_create("oracle");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, row, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tests, expression, 0, sizeof expressions / sizeof *expressions);
    tcase_add_test(tests, checks_and_assumptions_are_expressions);
    tcase_add_test(tests, unset_inputs_are_nan);
    tcase_add_test(tests, inputs_may_have_many_bits);
    tcase_add_test(tests, a_name_is_cut);
    tcase_add_test(tests, what_uses_the_name_is_cut);
    tcase_add_test(tests, a_name_stays_cut_within);
    tcase_add_test(tests, closures);
    tcase_add_test(tests, functions_differentiate_by_parameters);
    tcase_add_test(tests, nested_diffs);
    tcase_add_test(tests, stop_gradient_is_a_constant);
    tcase_add_test(tests, rules_are_claims);
    tcase_add_loop_test(tests, point, 0, sizeof points / sizeof *points);
    tcase_add_test(tests, switched_conditions_are_told);
    tcase_add_test(tests, diffs_at_hard_points_are_told);
    tcase_add_test(tests, too_many_diffs_are_unsure);
    tcase_add_test(tests, calls_may_nest_deeply);
    tcase_add_test(tests, expressions_may_be_large);
    tcase_add_test(tests, ulps);
    tcase_add_test(tests, spread_tells_condition);
    suite_add_tcase(suite, tests);
    return suite;
}
