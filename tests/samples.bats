# The sample studies: the generator's bytes, and that the data hold the counts
# that they were made for. What the programs make of them is tested elsewhere.

load helper

study=$ROOT/samples/nhs-2020

# every_awk: the awks of this machine, one command a line. awk itself comes first.
every_awk() {
    echo awk
    for name in mawk gawk original-awk goawk; do
        if command -v "$name" >/dev/null; then
            echo "$name"
        fi
    done
    if command -v gawk >/dev/null; then
        echo "gawk --posix"
    fi
    if command -v busybox >/dev/null; then
        echo "busybox awk"
    fi
}

generate() { # FILE AWK...
    local file=$1
    shift
    "$@" -v file="$file" -f "$study/generate.awk"
}

# count TEXT: how many trusts' true codes hold TEXT.
count() {
    generate truth awk | sed 's/,"not_used":.*//' | grep -cF -- "$1"
}

@test "generate.awk makes the committed roster, replies and website search, whatever the awk" {
    every_awk >awks
    while read -r -a program; do
        for file in roster foi website; do
            generate "$file" "${program[@]}" >"$file.csv"
            cmp "$file.csv" "$study/$file.csv"
        done
    done <awks
}

@test "generate.awk makes the same truth under every awk" {
    every_awk >awks
    generate truth awk >expected
    while read -r -a program; do
        generate truth "${program[@]}" >other
        cmp expected other
    done <awks
}

@test "generate.awk makes the same replies in another locale" {
    LC_ALL=C.UTF-8 generate foi awk >foi.csv
    cmp foi.csv "$study/foi.csv"
}

@test "generate.awk without a file it knows says so, with status 2" {
    fails_with 2 "generate.awk: give -v file=roster, foi, website or truth" generate nonsense awk
}

# 138 disclosed, C# 59%, Python 5.1%, 84 technologies: Bennion et al. 2025.
@test "generate.awk's truth has the published counts of technologies" {
    [ "$(count '{"trust":')" -eq 138 ]
    [ "$(count '"C#"')" -eq 81 ]
    [ "$(count '"Python"')" -eq 7 ]
    named=$(generate truth awk | sed 's/.*"tech":\[//; s/\],"not_used".*//' | tr , '\n' | sort -u | wc -l)
    [ "$named" -eq 84 ]
}

@test "generate.awk's truth names nothing that the website search lacks, nor the codebook" {
    generate truth awk | sed 's/.*"tech":\[//; s/\],"not_used".*//' | tr , '\n' | tr -d '"' | sort -u \
        >named
    sed 1d "$study/website.csv" | cut -d, -f1 | sort >searched
    sed 1d "$study/codebook.csv" | cut -d, -f3 | sort -u >coded
    diff named searched
    diff named coded
}

@test "generate.awk's roster has 226 trusts, 51 funded, under codes that no real body can have" {
    [ "$(sed 1d "$study/roster.csv" | wc -l)" -eq 226 ]
    [ "$(grep -c ',funded$' "$study/roster.csv")" -eq 51 ]
    # The Organisation Data Service's codes have no hyphen.
    [ "$(sed 1d "$study/roster.csv" | grep -c '^X-[0-9][0-9][0-9],')" -eq 226 ]
    [ "$(sed 1d "$study/roster.csv" | cut -d, -f1 | sort -u | wc -l)" -eq 226 ]
}

@test "generate.awk's trusts have no name or code of a real one" {
    needs_data coi-2017/trusts.csv
    for column in 1 2; do
        sed 1d "$study/roster.csv" | cut -d, -f$column | tr '[:upper:]' '[:lower:]' | sort >invented
        sed 1d "$DATA/coi-2017/trusts.csv" | cut -d, -f$column | tr '[:upper:]' '[:lower:]' | sort >real
        comm -12 invented real | diff /dev/null -
    done
}
